; Inno Setup: a set-up program for Windows from the folder that PyInstaller built (dist\shopdesk).
;   iscc /DVersion=0.1.0 /ODIST installer\windows\shopdesk.iss
; Installs for one user without administrator's rights, or for all with them. The shop's data stay when it is removed.
#ifndef Version
  #error "give the version: /DVersion=…"
#endif
#ifndef Variant
  #define Variant ""
#endif

[Setup]
AppId={{7C1B6E0A-5B3B-4E1E-9A55-2C8B7C0B6D41}
AppName=ShopDesk
AppVersion={#Version}
AppPublisher=ShopDesk
DefaultDirName={autopf}\ShopDesk
DefaultGroupName=ShopDesk
DisableProgramGroupPage=yes
PrivilegesRequired=lowest
PrivilegesRequiredOverridesAllowed=dialog
ArchitecturesAllowed=x64compatible
ArchitecturesInstallIn64BitMode=x64compatible
LicenseFile=..\..\LICENSE
OutputBaseFilename=shopdesk-{#Version}{#Variant}-setup
SetupIconFile=..\..\resources\icons\shopdesk.ico
UninstallDisplayIcon={app}\shopdesk.exe
Compression=lzma2
SolidCompression=yes
WizardStyle=modern
CloseApplications=yes

[Languages]
Name: "en"; MessagesFile: "compiler:Default.isl"

[Files]
Source: "..\..\dist\shopdesk\*"; DestDir: "{app}"; Flags: recursesubdirs ignoreversion

[Icons]
Name: "{group}\ShopDesk"; Filename: "{app}\shopdesk.exe"
Name: "{autodesktop}\ShopDesk"; Filename: "{app}\shopdesk.exe"; Tasks: desktop

[Tasks]
Name: "desktop"; Description: "{cm:CreateDesktopIcon}"; Flags: unchecked

[Run]
Filename: "{app}\shopdesk.exe"; Description: "{cm:LaunchProgram,ShopDesk}"; Flags: postinstall nowait skipifsilent
