"""Every message to the user that is not part of an answer, in both languages, by code."""

from __future__ import annotations

from collections.abc import Mapping
from string import Formatter

_MESSAGES: Mapping[str, tuple[str, str]] = {
    # code: (English, Chinese)
    "conversation_missing": ("There is no conversation {id}.", "没有编号为 {id} 的会话。"),
    "message_missing": ("There is no answered question {id}.", "没有编号为 {id} 的已回答问题。"),
    "feedback_missing": ("There is no feedback {id}.", "没有编号为 {id} 的反馈。"),
    "feedback_without_answer": (
        "Feedback {id} says no right answer; give one with --answer.",
        "反馈 {id} 没有写出正确答案，请用 --answer 给出。",
    ),
    "synonyms_too_few": (
        "“{words}” is no group of synonyms: it takes two words at least, with commas between them.",
        "“{words}” 不是一组同义词：至少要两个词，用逗号隔开。",
    ),
    "synonyms_unreadable": ("The synonyms in {path} could not be read.", "无法读取 {path} 中的同义词。"),
    "banned_word_bad": (
        "“{word}” cannot be a banned word: it has no letter or digit, or is too long.",
        "“{word}”不能作为禁用词：没有字母或数字，或者过长。",
    ),
    "question_empty": ("Please type a question.", "请输入问题。"),
    "question_too_long": ("The question is longer than {limit} characters.", "问题超过 {limit} 个字符。"),
    "engine_missing": ("No model is installed; the shop's rows still answer.", "没有可用的模型，仍按店里的资料回答。"),
    # -- engine: the model file
    "model_none": ("There is no model that can be used.", "没有可用的模型。"),
    "model_unknown": ("There is no model “{name}”. There are: {known}.", "没有名为“{name}”的模型。现有：{known}。"),
    "model_missing": ("The model file {path} is not there.", "找不到模型文件 {path}。"),
    "model_unreadable": (
        "The model file {path} cannot be read. Check that you may open it.",
        "无法读取模型文件 {path}，请检查权限。",
    ),
    "model_foreign": (
        "{path} is not a model file. ShopDesk uses models in the GGUF format.",
        "{path} 不是模型文件。ShopDesk 使用 GGUF 格式的模型。",
    ),
    "model_version": (
        "{path} has a GGUF version that this ShopDesk cannot read.",
        "{path} 的 GGUF 版本无法被当前的 ShopDesk 读取。",
    ),
    "model_truncated": (
        "The model file {path} is incomplete. Copy or download it again.",
        "模型文件 {path} 不完整，请重新复制或下载。",
    ),
    "model_not_chat": ("{path} holds no language model.", "{path} 中没有语言模型。"),
    "model_broken": (
        "The model {path} cannot be loaded: it is damaged, or of a kind that is not supported.",
        "无法加载模型 {path}：文件已损坏，或不支持这种模型。",
    ),
    "model_manifest": (
        "The description {path} of the model cannot be used. Mend or remove it.",
        "模型说明文件 {path} 无法使用，请修正或删除它。",
    ),
    "model_template": (
        "The chat template of this model cannot be used. Choose another model.",
        "该模型的对话模板无法使用，请选择其他模型。",
    ),
    "model_checksum": (
        "The model “{name}” is not the file it should be. Copy or download it again.",
        "模型“{name}”的文件与校验值不符，请重新复制或下载。",
    ),
    "model_parity": (
        "The model “{name}” did not pass the check against the model it was made from. It is not added.",
        "模型“{name}”未通过与原模型的一致性检查，没有添加。",
    ),
    "model_package": (
        "{path} is no model package: it must hold one GGUF file, with its manifest. Make or download it again.",
        "{path} 不是模型包：其中应有一个 GGUF 文件及其说明。请重新制作或下载。",
    ),
    "model_name_taken": (
        "There is already a model “{name}”. Remove it first, or rename the new file.",
        "已经有名为“{name}”的模型。请先删除它，或为新文件改名。",
    ),
    "model_no_space": (
        "Not enough room in {path} for the model: it needs {megabytes} MB.",
        "{path} 空间不足，存放该模型需要 {megabytes} MB。",
    ),
    "model_unwritable": ("The folder of models {path} cannot be changed.", "无法写入模型文件夹 {path}。"),
    "model_bundled": (
        "The model “{name}” comes with ShopDesk and cannot be removed.",
        "模型“{name}”随 ShopDesk 提供，不能删除。",
    ),
    "model_pull_name": (
        "“{name}” names no model to fetch. Name one of {known}; or owner/repository/file.gguf.",
        "“{name}”不是可下载的模型。可用：{known}；或写成 所有者/仓库/文件.gguf。",
    ),
    "model_pull_failed": (
        "{name} could not be fetched. Check network, mirror (HF_ENDPOINT) and proxy; the same command goes on.",
        "无法下载 {name}。请检查网络、镜像（HF_ENDPOINT）和代理；再次执行同一命令会从断点继续。",
    ),
    "model_pull_library": (
        "What fetches models is not installed: pip install huggingface-hub. Or copy the file and use `models add`.",
        "缺少下载组件：pip install huggingface-hub。也可以拷贝文件后用 models add 添加。",
    ),
    "model_fell_back": (
        "The model “{name}” could not be started; “{other}”, which worked before, answers.",
        "模型“{name}”无法启动，改由之前可用的“{other}”作答。",
    ),
    # -- engine: running it
    "prompt_too_long": (
        "The question with its facts is too long for this model. Ask a shorter question.",
        "问题和资料对该模型来说太长了，请缩短问题。",
    ),
    "engine_crashed": (
        "The model stopped unexpectedly. Ask again: it starts anew.",
        "模型意外停止。请再问一次，它会重新启动。",
    ),
    "engine_keeps_crashing": (
        "The model keeps stopping. Start it again, or choose another model.",
        "模型反复停止运行。请重新启动它，或选择其他模型。",
    ),
    "engine_unusable": (
        "The model cannot run on this computer. Choose another model.",
        "该模型无法在这台电脑上运行，请选择其他模型。",
    ),
    "engine_no_worker": (
        "The process for the model cannot be started. Repair the installation of ShopDesk.",
        "无法启动模型进程，请修复 ShopDesk 的安装。",
    ),
    "engine_memory": (
        "Not enough memory for the model {path}. Close other programs, or choose a smaller model.",
        "内存不足，无法运行模型 {path}。请关闭其他程序，或选择更小的模型。",
    ),
    "engine_hung": (
        "The model has not reacted for {seconds:second|seconds} and was ended. Ask again: it starts anew.",
        "模型已有 {seconds} 秒没有反应，已将其结束。请再问一次，它会重新启动。",
    ),
    "engine_garbled": (
        "The model’s process said something that makes no sense and was ended. Ask again: it starts anew.",
        "模型进程传回了无法理解的内容，已将其结束。请再问一次，它会重新启动。",
    ),
    "engine_out_of_memory": (
        "Memory ran out and the system ended the model. Ask again: it starts anew and takes less.",
        "内存不足，系统结束了模型。请再问一次，它会以更小的占用重新启动。",
    ),
    "engine_smaller": (
        "Memory is short: the model looks back on less of the conversation than it could.",
        "内存紧张：模型能回顾的对话内容比平时少。",
    ),
    "engine_timeout": ("The model has not answered for {seconds:second|seconds}.", "模型已有 {seconds} 秒没有响应。"),
    "engine_decode": ("The model could not work out an answer. Ask again.", "模型未能得出回答，请再问一次。"),
    "engine_not_loaded": ("The model is not loaded yet.", "模型尚未加载。"),
    "engine_closed": ("The model has been closed.", "模型已关闭。"),
    "engine_fault": ("An error inside ShopDesk’s model process.", "ShopDesk 的模型进程内部出错。"),
    "engine_gpu_unused": (
        "The graphics card could not take the model; the processor runs it.",
        "显卡无法加载该模型，已改用处理器运行。",
    ),
    "engine_careful": (
        "The model runs in a careful mode that this computer needs.",
        "模型以这台电脑所需的兼容方式运行。",
    ),
    # -- engine: a server elsewhere
    "engine_url": (
        "“{url}” is not the address of a model server. It begins with http:// or https://.",
        "“{url}”不是模型服务器的地址，地址应以 http:// 或 https:// 开头。",
    ),
    "engine_unreachable": (
        "The model server {url} cannot be reached. Check the address and the network.",
        "无法连接模型服务器 {url}，请检查地址和网络。",
    ),
    "engine_refused": (
        "The model server refuses the access token. Check it in the settings.",
        "模型服务器拒绝了访问令牌，请在设置中检查。",
    ),
    "engine_remote": ("The model server could not answer.", "模型服务器未能回答。"),
    "remote_missing": (
        "A model server needs one more library: pip install shopdesk[remote].",
        "使用模型服务器需要一个组件：pip install shopdesk[remote]。",
    ),
    # -- service: what it refuses
    "service_busy": (
        "Too many questions are waiting. Ask again in a moment.",
        "排队的问题太多，请稍后再问。",
    ),
    "service_closing": ("The service is being closed.", "服务正在关闭。"),
    "service_fault": ("An error inside ShopDesk; it is in the log.", "ShopDesk 内部出错，已写入日志。"),
    "service_missing": (
        "The service needs more libraries: pip install shopdesk[service].",
        "服务需要更多组件：pip install shopdesk[service]。",
    ),
    "request_not_json": ("The request is not JSON.", "请求不是有效的 JSON。"),
    "request_bad": ("The request has another form than /docs says: {detail}", "请求的格式与 /docs 不符：{detail}"),
    "request_too_large": ("The request is too large.", "请求过大。"),
    "request_refused": ("The request cannot be taken.", "无法接受该请求。"),
    "kind_unknown": ("There are only these kinds: {kinds}.", "只有这些类别：{kinds}。"),
    "path_unknown": ("There is nothing under this address; see /docs.", "该地址下没有内容，请看 /docs。"),
    "method_unknown": ("This address is used in another way; see /docs.", "该地址的用法不对，请看 /docs。"),
    "token_bad": (
        "An access token is needed: Authorization: Bearer TOKEN.",
        "需要访问令牌：Authorization: Bearer 令牌。",
    ),
    "token_expired": ("The access token has expired. Ask for a new one.", "访问令牌已过期，请索取新的令牌。"),
    "host_unknown": (
        "Without a token the service answers this computer only, under its own name.",
        "未设令牌时，服务只回应本机。",
    ),
    "too_many_requests": ("Too many requests; wait a moment.", "请求过于频繁，请稍候。"),
    # -- service: starting it
    "port_taken": (
        "Port {port} is taken by another program. Choose another with --port.",
        "端口 {port} 已被其他程序占用，请用 --port 另选一个。",
    ),
    "address_unusable": ("The address {address} cannot be used on this computer.", "本机无法使用地址 {address}。"),
    "serve_needs_token": (
        "At {host} other computers could reach the shop's data: set a token with --token or SHOPDESK_SERVE_TOKEN.",
        "在 {host} 上其他电脑也能访问店铺资料，请用 --token 或 SHOPDESK_SERVE_TOKEN 设置令牌。",
    ),
    "issue_needs_token": (
        "A device's token is made from the service's own: give that one too, with --token or SHOPDESK_SERVE_TOKEN.",
        "设备的令牌由服务的令牌生成，请用 --token 或 SHOPDESK_SERVE_TOKEN 同时给出服务的令牌。",
    ),
    "token_name_bad": (
        "“{name}” cannot name a token: letters, digits, - and _ only, 40 at most.",
        "“{name}”不能作为令牌名称：只能用字母、数字、- 和 _，最多 40 个。",
    ),
    # -- packs and snapshots
    "packs_missing": (
        "Packs need one more library: pip install shopdesk[packs].",
        "数据包需要一个组件：pip install shopdesk[packs]。",
    ),
    "key_unusable": ("The signing key {path} cannot be used.", "签名密钥 {path} 无法使用。"),
    "pack_missing": ("There is no pack {path}.", "找不到数据包 {path}。"),
    "pack_foreign": (
        "{path} is not a pack of ShopDesk, or only part of one. Copy it again.",
        "{path} 不是 ShopDesk 数据包，或不完整，请重新复制。",
    ),
    "pack_tampered": (
        "The pack {path} is damaged or was changed after it was signed. Nothing was installed.",
        "数据包 {path} 已损坏，或签名后被改动过。没有安装任何内容。",
    ),
    "pack_newer": (
        "The pack {path} was made by a newer ShopDesk. Update this program first.",
        "数据包 {path} 由更新版本的 ShopDesk 制作，请先更新本程序。",
    ),
    "pack_untrusted": (
        "The pack is not signed by the shop that this computer trusts. If it should be, install it with --key.",
        "数据包的签名不是本机信任的店铺。若确认无误，请用 --key 安装。",
    ),
    "pack_older": (
        "The pack has version {version}; version {installed} is installed already.",
        "数据包版本为 {version}，已安装的是版本 {installed}。",
    ),
    "pack_unwritable": ("{path} cannot be written. Is the disk full?", "无法写入 {path}，磁盘是否已满？"),
    "pack_no_previous": ("There is no earlier state to go back to.", "没有可以恢复的以前状态。"),
    "sync_url": ("{url} is not the address of a shop’s service.", "{url} 不是店铺服务的地址。"),
    "sync_none": (
        "No shop to follow is set; name its address: shopdesk sync URL.",
        "尚未设置店铺服务地址：shopdesk sync 地址。",
    ),
    "sync_unreachable": (
        "The shop’s service {url} cannot be reached; the rows of this computer still answer.",
        "无法连接店铺服务 {url}，仍按本机资料回答。",
    ),
    "sync_refused": ("The shop’s service {url} does not accept the token.", "店铺服务 {url} 不接受该令牌。"),
    "sync_broken_off": (
        "The snapshot from {url} did not arrive whole; the rows stay as they are.",
        "来自 {url} 的数据快照没有传完，资料保持不变。",
    ),
    # -- program: home, settings, command line
    "home_unusable": (
        "The data folder {path} cannot be made. Choose another with --home, or free the place.",
        "无法建立数据文件夹 {path}。请用 --home 另选一个，或让出该位置。",
    ),
    "settings_unwritable": (
        "The settings cannot be saved in {path}. Is the folder read-only or the disk full?",
        "设置无法保存到 {path}。文件夹是否只读，或磁盘已满？",
    ),
    "window_unavailable": (
        "The window cannot open: system libraries are missing. `make run` in the program's folder installs them.",
        "这里无法打开窗口：缺少系统库。在程序文件夹里执行 make run 会装好。",
    ),
    "record_missing": ("There is no {kind:en} {key}.", "没有{kind:zh} {key}。"),
    "file_unreadable": ("The file {path} cannot be read.", "无法读取文件 {path}。"),
    "batch_line_bad": (
        'Line {line} is not a JSON object with the text "{field}".',
        '第 {line} 行不是含有文本 "{field}" 的 JSON 对象。',
    ),
    "output_unwritable": (
        "The output cannot be written. Is the disk full?",
        "无法写出结果，磁盘是否已满？",
    ),
    "batch_history_bad": (
        'The "history" of a line is a list of objects with the texts "question" and "answer".',
        '"history" 应是由含有文本 "question" 和 "answer" 的对象组成的数组。',
    ),
    # -- store: the database file
    "store_locked": (
        "The data file {path} is in use by another program. Try again in a moment, or close the other program.",
        "数据文件 {path} 正被其他程序占用。请稍后再试，或关闭另一个程序。",
    ),
    "store_read_only": (
        "{path} is read-only. Allow writing to it, or choose another data folder.",
        "{path} 是只读的。请允许写入，或另选数据文件夹。",
    ),
    "store_disk_full": (
        "The disk is full; {path} cannot grow. Free some space.",
        "磁盘已满，无法写入 {path}。请腾出空间。",
    ),
    "store_folder_unusable": (
        "The data file cannot be opened or made at {path}. Check that the folder exists and may be written to.",
        "无法在 {path} 打开或建立数据文件。请确认文件夹存在且可以写入。",
    ),
    "store_corrupt": (
        "{path} is damaged or not a ShopDesk data file. Restore a backup, or move the file away to start anew.",
        "{path} 已损坏或不是 ShopDesk 的数据文件。请恢复备份，或移走该文件以重新开始。",
    ),
    "store_newer": (
        "{path} was written by a newer ShopDesk. Update this program; the file has not been touched.",
        "{path} 由更新版本的 ShopDesk 写成。请更新本程序；该文件未被改动。",
    ),
    "store_not_ours": (
        "{path} is a database of another program. Choose another file or folder.",
        "{path} 是其他程序的数据库。请另选文件或文件夹。",
    ),
    "store_not_a_database": ("{path} is not a file that can hold the data.", "{path} 不是可以存放数据的文件。"),
    "store_closed": ("The data file {path} has been closed.", "数据文件 {path} 已关闭。"),
    "sample_missing": ("There is no sample shop in {path}.", "{path} 中没有示例店铺。"),
    "backup_failed": ("The backup could not be written to {path}.", "备份无法写入 {path}。"),
    "backup_onto_itself": (
        "{path} is the data file itself. Choose another name for the backup.",
        "{path} 就是数据文件本身。请为备份另取文件名。",
    ),
    "backup_missing": ("There is no backup file {path}.", "找不到备份文件 {path}。"),
    "export_form": (
        "Lists are written as CSV, which {path} does not look like. Give the file a name that ends in .csv.",
        "列表以 CSV 写出，而 {path} 不像 CSV 文件。请使用以 .csv 结尾的文件名。",
    ),
    "export_failed": ("The list could not be written to {path}.", "列表无法写入 {path}。"),
    # -- store: imports as a whole
    "database_library": (
        "To read a database, one more library is needed: pip install shopdesk[postgres].",
        "读取数据库需要一个组件：pip install shopdesk[postgres]。",
    ),
    "database_unusable": (
        "The database {address} cannot be read. Check address, name and password.",
        "无法读取数据库 {address}，请检查地址、用户名和密码。",
    ),
    "database_table_unknown": (
        "The database has no table or view {table}. It has: {names}.",
        "数据库中没有表或视图 {table}。现有：{names}。",
    ),
    "import_write_failed": ("{path} cannot be written.", "无法写入 {path}。"),
    "import_unreadable": ("The file {path} cannot be read.", "无法读取文件 {path}。"),
    "import_empty": ("There are no rows in {path}.", "{path} 中没有数据行。"),
    "import_not_text": (
        "{path} is not a text file. In the spreadsheet program, save it as CSV and import that.",
        "{path} 不是文本文件。请在表格软件中另存为 CSV 后再导入。",
    ),
    "import_encoding_unknown": (
        "There is no text encoding “{encoding}”. Usual ones are utf-8, gb18030 and big5.",
        "没有名为“{encoding}”的文本编码。常用的有 utf-8、gb18030、big5。",
    ),
    "import_kind_unknown": (
        (
            "“{kind}” is no kind of data. There are products, policies, promotions, orders, stores, answers, barcodes, "
            "attributes and lists."
        ),
        (
            "没有“{kind}”这种数据。可用的有 products（商品）、policies（政策）、promotions（促销）、orders（订单）、"
            "stores（门店）、answers（标准答案）、barcodes（条码）、attributes（属性）、lists（名单）。"
        ),
    ),
    "import_broken_line": (
        "The file {path} cannot be read beyond line {line}.",
        "文件 {path} 从第 {line} 行起无法读取。",
    ),
    "import_quote_open": (
        "In {path} a quotation mark is opened in line {line} and never closed. Close it there and import again.",
        "文件 {path} 第 {line} 行的引号没有闭合。请补上引号后重新导入。",
    ),
    "import_broken_archive": (
        "The archive {path} is damaged or locked by a password. Unpack it and import the files in it.",
        "压缩包 {path} 已损坏或有密码。请先解压，再导入其中的文件。",
    ),
    "import_broken_sheet": (
        "The spreadsheet {path} cannot be opened. Open it in the spreadsheet program, save it anew and import that.",
        "无法打开表格文件 {path}。请用表格软件打开并重新保存后再导入。",
    ),
    "import_encrypted": (
        "The spreadsheet {path} is protected by a password. Save it without one and import that.",
        "表格文件 {path} 有密码保护。请取消密码后再导入。",
    ),
    "import_broken_document": (
        "The document {path} cannot be opened. Save it anew as .docx and import that.",
        "无法打开文档 {path}。请重新保存为 .docx 后再导入。",
    ),
    "import_too_large": (
        (
            "{path} is larger, or unpacks to more, than the {megabytes} MB that can be read at once. "
            "Save the table as CSV, or in parts."
        ),
        "{path} 太大，或解压后超过一次可读取的 {megabytes} MB。请另存为 CSV，或分成几个文件。",
    ),
    "import_not_a_table": (
        "There is no table in {path}: no rows with the same columns.",
        "{path} 里没有表格：找不到列相同的数据行。",
    ),
    "import_broken_json": ("{path} is not valid JSON.", "{path} 不是有效的 JSON。"),
    "import_no_column_product": (
        "No column of the file is a product's name or SKU. Name it with --map name=COLUMN. The columns are: {columns}",
        "文件中没有商品名称或货号列。请用 --map name=列名 指定。现有的列：{columns}",
    ),
    "import_no_column_policy": (
        "No column of the file is a policy's text. Name it with --map body=COLUMN. The columns are: {columns}",
        "文件中没有政策正文列。请用 --map body=列名 指定。现有的列：{columns}",
    ),
    "import_no_column_promotion": (
        "No column of the file is a promotion's title or code. Name it with --map title=COLUMN. There are: {columns}",
        "文件中没有促销标题或代码列。请用 --map title=列名 指定。现有的列：{columns}",
    ),
    "import_no_column_order": (
        "No column of the file is an order's number. Name it with --map number=COLUMN. The columns are: {columns}",
        "文件中没有订单号列。请用 --map number=列名 指定。现有的列：{columns}",
    ),
    "import_field_unknown": (
        "There is no field “{field}”. There are: {fields}",
        "没有字段“{field}”。可用的字段：{fields}",
    ),
    "import_column_unknown": (
        "The file has no column “{column}”. The columns are: {columns}",
        "文件中没有“{column}”列。现有的列：{columns}",
    ),
    "import_no_columns": (
        "The columns of the file do not fit {kind}. They are: {columns}",
        "文件的列与 {kind} 不符。现有的列：{columns}",
    ),
    "import_damaged": (
        "{path} looks damaged: {reason}. Export it anew and import that, or insist with --accept-damage.",
        "{path} 看来已损坏：{reason}。请重新导出后再导入，或用 --accept-damage 坚持导入。",
    ),
    "import_rejected_unwritable": ("The rejected rows cannot be written to {path}.", "被拒收的行无法写入 {path}。"),
    "import_file_changed": (
        "{path} has changed since it was looked at. Look at it again before importing.",
        "{path} 在检查之后有改动。请重新检查后再导入。",
    ),
    "batch_missing": ("There is no import {id}.", "没有编号为 {id} 的导入。"),
    "batch_undone": ("Import {id} has already been undone.", "导入 {id} 已经撤销过了。"),
    "batch_built_upon": (
        "Import {later} came after import {id} and builds on it. Undo {later} first.",
        "导入 {later} 在导入 {id} 之后，并以它为基础。请先撤销 {later}。",
    ),
    # -- store: rows changed by hand
    "edit_taken": ("There is already a row {key}.", "已有 {key}，请换一个编码。"),
    "edit_missing": ("This change can no longer be taken back.", "这次修改已无法撤销。"),
    "edit_built_upon": (
        "The row has changed since; what was done before cannot be taken back by itself.",
        "该行后来又有改动，无法单独撤销之前的修改。",
    ),
    "edit_count_unread": ("“{value}” is not a whole number.", "“{value}”不是整数。"),
    "edit_yes_no_unread": ("“{value}” says neither yes nor no.", "“{value}”看不出有货还是无货，请填“有货”或“无货”。"),
    "edit_date_unread": ("“{value}” is not a date. Write it as 2026-11-21.", "“{value}”不是日期，请写成 2026-11-21。"),
    "edit_currency_unread": (
        "“{value}” is not a currency. Write its three letters, for example CNY.",
        "“{value}”不是货币代码，请写三个字母，例如 CNY。",
    ),
    # -- store: watched folder
    "watch_folder_missing": ("The watched folder {path} is not there.", "找不到监视的文件夹 {path}。"),
    "watch_unknown_layout": (
        "{path} is not imported by itself: no file with these columns was imported before. Import it once by hand.",
        "{path} 没有自动导入：还没有导入过列相同的文件。请先手动导入一次。",
    ),
    # -- store: single rows of an import
    "part_left_out": ("left out as you wished", "按您的选择不导入"),
    "row_deleted": ("marked as deleted in the file", "在文件中已标记为删除"),
    "row_without_name": ("no name", "没有名称"),
    "row_name_too_long": ("the name is too long; are the quotes in the file in order?", "名称过长，请检查文件中的引号"),
    "row_without_body": ("no text", "没有正文"),
    "row_without_number": ("no order number", "没有订单号"),
    "row_amount_unread": ("“{value}” is not an amount", "“{value}”不是金额"),
    "row_amount_negative": ("the amount “{value}” is below zero", "金额“{value}”小于零"),
    "row_total": ("a row of sums, not a product", "这是合计行，不是商品"),
    "row_twice_differs": (
        "{key} already stands in line {first}, and the two rows disagree",
        "{key} 已在第 {first} 行出现，且两行内容不一致",
    ),
    "row_without_question": ("no question", "没有问题"),
    "row_without_answer": ("no answer", "没有答案"),
    "row_without_code": ("no code", "没有编码"),
    "row_without_attribute": ("no name of an attribute", "没有属性名称"),
    "row_without_value": ("no value", "没有内容"),
    "row_without_promotion": ("the row promises nothing", "该行没有任何优惠内容"),
    "row_without_product": ("there is no product {key}", "没有商品 {key}"),
    "row_code_rounded": (
        "“{value}” was rounded by a spreadsheet, its digits are lost",
        "编码“{value}”已被表格软件舍入，数字丢失",
    ),
    "row_too_many_cells": (
        "{count} cells where there are {columns} columns; is a separator inside a text?",
        "有 {count} 个单元格，却只有 {columns} 列；文字里是否含有分隔符？",
    ),
    "row_cell_too_long": ("a cell of {count} characters", "单元格有 {count} 个字符，过长"),
    "row_twice": ("{key} already stands in line {first}", "{key} 已在第 {first} 行出现"),
    "suspicious_price_zero": ("the price is zero", "价格为零"),
    "suspicious_price_jump": ("the price goes from {before} to {after}", "价格从 {before} 变为 {after}"),
    "suspicious_list_price_below": ("the list price {value} is below the price", "原价 {value} 低于售价"),
    "suspicious_stock_negative": ("the stock is {value}", "库存为 {value}"),
    "suspicious_stock_unread": ("“{value}” is not a number of pieces; left out", "“{value}”不是库存数量，未采用"),
    "suspicious_barcode_rounded": (
        "“{value}” was rounded by a spreadsheet, its digits are lost; left out",
        "条码“{value}”已被表格软件舍入、数字丢失，未采用",
    ),
    "suspicious_row_short": (
        "only {count} of {columns} cells; the others stay as they were",
        "只有 {count} 个单元格（共 {columns} 列），其余保持不变",
    ),
    "suspicious_name_missing": ("no name; its code stands for it", "没有名称，以编码代替"),
    "suspicious_name_nothing": ("the name is “{value}”", "名称为“{value}”"),
    "suspicious_twice": (
        "{key} stands in line {first} too, and the two rows disagree",
        "{key} 在第 {first} 行也有，且两行内容不一致",
    ),
    "suspicious_dates_reversed": ("it ends before it starts: {value}", "结束早于开始：{value}"),
    "suspicious_zeros_lost": (
        "the code was {before} and is now {after}: its zeros at the front are gone; kept as it was",
        "条码原为 {before}，现为 {after}：前面的 0 丢失，仍保留原值",
    ),
    "damage_rounded": (
        "{count:code|codes} of {rows:row|rows} as in 6.9E+12: rounded by a spreadsheet and saved so",
        "{rows} 行中有 {count} 个编码形如 6.9E+12：已被表格软件舍入并保存",
    ),
    "damage_characters": (
        "{count:name|names} of {rows:row|rows} with broken characters (�): read or saved in a wrong encoding",
        "{rows} 行中有 {count} 个名称含乱码（�）：文件曾以错误的编码打开或保存",
    ),
    "notice_misnamed": (
        "the file is not what its name says; it was read as what it is ({format})",
        "文件内容与扩展名不符，已按实际内容（{format}）读取",
    ),
    "notice_dated_price": (
        "“{column}” holds for some days only and is kept as an attribute; the price is that of “{price}”",
        "“{column}”只在部分日期有效，已保存为属性；售价以“{price}”为准",
    ),
    "suspicious_broken_character": ("a character could not be read (�)", "有字符无法识别（�）"),
}


_KINDS: Mapping[str, tuple[str, str]] = {
    "products": ("product", "商品"), "policies": ("policy", "政策"), "promotions": ("promotion", "促销"),
    "orders": ("order", "订单"), "stores": ("store", "门店"), "answers": ("approved answer", "标准答案"),
    "barcodes": ("barcode", "条码"), "terms": ("list entry", "名单条目"), "lists": ("list entry", "名单条目"),
    "attributes": ("attribute", "属性"),
}  # fmt: skip


class _Wording(Formatter):
    """`{n:row|rows}` is a count with its noun, "1 row"; `{kind:en}` and `{kind:zh}` one of a kind of rows, in words."""

    def format_field(self, value: object, format_spec: str) -> str:
        if "|" in format_spec:
            one, more = format_spec.split("|")
            return f"{value} {one if value == 1 else more}"
        if format_spec in ("en", "zh"):
            return _KINDS.get(str(value), (str(value), str(value)))[format_spec == "zh"]
        return str(super().format_field(value, format_spec))


_WORDING = _Wording()


def filled(template: str, params: Mapping[str, object]) -> str:
    """A text with its placeholders filled, counts and kinds worded. KeyError where one is not given."""
    return _WORDING.vformat(template, (), params)


def text_of(code: str, language: str, **params: object) -> str:
    """The message `code` in `language` ("zh" or "en"), its placeholders filled.

    An unknown code is our fault and raises KeyError, so that a test finds it.
    """
    english, chinese = _MESSAGES[code]
    return filled(chinese if language == "zh" else english, params)


def codes() -> frozenset[str]:
    return frozenset(_MESSAGES)
