# Installs the set-up program without questions, asks the installed program, and removes it again.
$ErrorActionPreference = "Stop"
$setup = Get-ChildItem dist\*-setup.exe | Select-Object -First 1
$target = Join-Path $env:RUNNER_TEMP "ShopDesk"
$shopHome = Join-Path $env:RUNNER_TEMP "shop-home"
Start-Process -Wait $setup.FullName "/VERYSILENT /SUPPRESSMSGBOXES /CURRENTUSER /DIR=`"$target`""
$answer = & "$target\shopdesk.exe" --home $shopHome ask "how much is JKT-105?" --route model --json | Out-String
if ($answer -notmatch "404\.00") { throw "the installed program does not answer: $answer" }
$env:QT_QPA_PLATFORM = "offscreen"
$window = Start-Process -PassThru "$target\shopdesk.exe" "--home `"$shopHome`""
Start-Sleep 20
if ($window.HasExited) { throw "the window closed by itself: $($window.ExitCode)" }
Stop-Process $window.Id
Start-Sleep 3
Start-Process -Wait "$target\unins000.exe" "/VERYSILENT /SUPPRESSMSGBOXES"
if (Test-Path "$target\shopdesk.exe") { throw "something stayed behind in $target" }
if (-not (Test-Path "$shopHome\shop.db")) { throw "the shop's data are gone" }
