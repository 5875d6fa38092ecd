"""What the command line says, in both languages: help, labels, confirmations. Errors are in core.messages."""

from __future__ import annotations

from collections.abc import Mapping

from shopdesk.core.messages import filled

_TEXTS: Mapping[str, tuple[str, str]] = {
    # name: (English, Chinese)
    # -- help
    "about": (
        "An offline assistant for shop clerks. Without a command: the window, or the terminal chat without a display.",
        "离线的店员助手。不带命令时打开窗口；没有显示器时在终端里对话。",
    ),
    "usage": ("usage: ", "用法："),
    "options": ("options", "选项"),
    "arguments": ("arguments", "参数"),
    "commands": ("commands", "命令"),
    "help": ("show this help and exit", "显示本帮助并退出"),
    "version": ("show the version and exit", "显示版本并退出"),
    "home": (
        "the folder with database, models, settings and logs (or SHOPDESK_HOME)",
        "存放数据库、模型、设置和日志的文件夹（或环境变量 SHOPDESK_HOME）",
    ),
    "empty": ("start a new home without the sample shop", "新建时不装入示例店铺"),
    "language": ("language of messages", "提示语言"),
    "json": ("print one JSON document on standard output", "在标准输出打印一份 JSON"),
    "ask": ("answer one question, or a file of them", "回答一个问题，或一个文件里的全部问题"),
    "ask_question": ("the question; - reads it from standard input", "问题；- 表示从标准输入读取"),
    "ask_batch": (
        "JSON Lines with id, question, history in; JSON Lines out",
        "输入 JSON Lines（id、question、history），输出 JSON Lines",
    ),
    "ask_conversation": ("go on with this conversation", "继续这个会话"),
    "ask_route": ("exact: rows only; model: the model must write", "exact：只用数据；model：必须由模型作答"),
    "ask_no_cache": ("do not reuse an earlier answer", "不使用以前的回答"),
    "ask_model": ("name of a model on the shelf, or a GGUF file", "模型架上的名称，或 GGUF 文件"),
    "ask_engine": ("local, or the base URL of an OpenAI-compatible service", "local，或 OpenAI 兼容服务的地址"),
    "search": ("find rows", "查找数据"),
    "search_query": ("what to find", "要找的内容"),
    "search_kind": ("only this kind (may be repeated)", "只找这一类（可重复）"),
    "search_limit": ("at most this many", "最多条数"),
    "search_batch": ("JSON Lines with id, query in; JSON Lines out", "输入 JSON Lines（id、query），输出 JSON Lines"),
    "search_min_price": ("products that cost at least this", "价格不低于"),
    "search_max_price": ("products that cost at most this", "价格不高于"),
    "search_trait": ("products with exactly this value (may be repeated)", "只要此值的商品（可重复）"),
    "search_in_stock": ("products in stock", "只要有货的商品"),
    "extract": ("what a question asks for, as JSON", "以 JSON 给出问题里的要求"),
    "import": (
        "take in products, policies, promotions, orders, stores, approved answers or barcodes",
        "导入商品、政策、促销、订单、门店、标准答案或条码",
    ),
    "import_file": (
        "CSV, spreadsheet, JSON, JSON Lines, Markdown, Word, or a .zip of these",
        "CSV、表格、JSON、JSON Lines、Markdown、Word 文件，或含有它们的 .zip",
    ),
    "import_header": (
        "whether the first row names the columns, where that is not guessed right",
        "首行是否为列名（猜错时指定）",
    ),
    "import_rejected_to": (
        "where the rejected rows go (else into the data folder)",
        "拒收的行写到哪里（默认在数据文件夹）",
    ),
    "import_accept_damage": ("import a file although it looks damaged", "即使文件看来已损坏也导入"),
    "imports_keep_edits": ("undo: leave what was edited by hand since", "撤销时保留之后手工修改的内容"),
    "stores": ("stores: list, show, export", "门店：列出、查看、导出"),
    "answers": ("approved answers: list, show, export", "标准答案：列出、查看、导出"),
    "barcodes": ("further barcodes: list, show, export", "附加条码：列出、查看、导出"),
    "lists": ("lists of brands and categories: list, show, export", "品牌、分类等名单：列出、查看、导出"),
    "import_database": (
        "take tables in from this database, such as postgresql://user@host/name (needs --table)",
        "从此数据库导入，如 postgresql://user@host/name（需要 --table）",
    ),
    "import_table": ("a table or view of the database (may be repeated)", "数据库中的表或视图（可重复）"),
    "import_kind": ("what the file holds, where it is not guessed right", "文件内容的类别（猜错时指定）"),
    "import_map": ("this field comes from this column (may be repeated)", "字段取自哪一列（可重复）"),
    "import_encoding": ("such as utf-8, gb18030, big5", "如 utf-8、gb18030、big5"),
    "import_currency": ("ISO code, where the file does not say", "货币代码（文件未写明时）"),
    "import_dry_run": ("show what would change, write nothing", "只显示会有什么变化，不写入"),
    "import_yes": (
        "do not ask (it is asked at a terminal only)",
        "不再询问（只在终端里才询问）",
    ),
    "imports": ("earlier imports: list, show, undo", "以往的导入：列出、查看、撤销"),
    "imports_batch": ("number of the import", "导入编号"),
    "products": ("products: list, show, export", "商品：列出、查看、导出"),
    "policies": ("policies: list, show, export", "政策：列出、查看、导出"),
    "promotions": ("promotions: list, show, export", "促销：列出、查看、导出"),
    "orders": ("orders: list, show, export", "订单：列出、查看、导出"),
    "records_target": ("key to show, or file to export to", "要查看的编号，或导出的文件"),
    "records_text": ("only rows that contain this text", "只列出含此文字的数据"),
    "records_limit": ("at most this many rows", "最多行数"),
    "feedback": ("what people thought of answers: list, approve, export", "对回答的反馈：列出、批准、导出"),
    "feedback_action": (
        "up, down: vote on a message; approve, dismiss: decide on a vote; export: what can be learned from",
        "up、down 为一条消息投票；approve、dismiss 处理反馈；export 导出可学习的问答",
    ),
    "feedback_target": (
        "number of the message (up, down) or of the vote (approve, dismiss), or file to export to",
        "消息编号（up、down）、反馈编号（approve、dismiss），或导出的文件",
    ),
    "feedback_answer": (
        "the right answer; {{SKU.price}} in it is filled from the shop's rows",
        "正确的回答；其中 {{货号.price}} 会用店里的数据填入",
    ),
    "feedback_status": ("only these", "只列出这些"),
    "feedback_open": ("open", "待处理"),
    "feedback_approved": ("approved", "已批准"),
    "feedback_dismissed": ("dismissed", "已搁置"),
    "feedback_up": ("Thank you, noted as number {id}.", "谢谢，已记下，编号 {id}。"),
    "feedback_down": (
        "Noted as number {id}; `shopdesk feedback approve {id}` makes the right answer the shop's own.",
        "已记下，编号 {id}；用 shopdesk feedback approve {id} 把正确回答定为标准答案。",
    ),
    "feedback_approve": ("“{question}” now has an approved answer.", "“{question}”已有标准答案。"),
    "feedback_dismiss": ("Feedback {id} is laid aside.", "反馈 {id} 已搁置。"),
    "gaps": ("what the shop's data could not answer", "店里的资料答不上来的问题"),
    "gap_not_found": ("not in the shop's data", "资料中没有"),
    "gap_not_recorded": ("field is empty", "字段未登记"),
    "gap_unsure": ("answered, but not surely", "回答把握不大"),
    "gap_outdated_answer": ("approved answer no longer fits the rows", "标准答案与现有数据不符"),
    "gap_down_voted": ("answer was found wrong", "回答被判为不对"),
    "gap_kind_product": ("product", "商品"),
    "gap_kind_policy": ("policy", "政策"),
    "gap_kind_promotion": ("promotion", "促销"),
    "gap_kind_order": ("order", "订单"),
    "gap_kind_answer": ("approved answer", "标准答案"),
    "gap_kind_store": ("store", "门店"),
    "gap_kind_computed": ("sum", "计算"),
    "gap_kind_barcode": ("barcode", "条码"),
    "gap_kind_term": ("list", "名单"),
    "banned": (
        "words that no answer may show: list, add, remove, import, export",
        "任何回答都不得出现的词：列出、添加、移除、导入、导出",
    ),
    "banned_words": (
        "words; for import and export a text file, one word a line",
        "词；导入、导出时为文本文件，每行一个",
    ),
    "banned_add": ("{count:word|words} added.", "已添加 {count} 个词。"),
    "banned_import": ("{count:word|words} added.", "已添加 {count} 个词。"),
    "banned_remove": ("{count:word|words} removed.", "已移除 {count} 个词。"),
    "banned_export": ("{count:word|words} written.", "已写出 {count} 个词。"),
    "synonyms": (
        "words that mean the same to the search: list, add, remove, import (in place of all), export",
        "搜索时视为同义的词：列出、添加、移除、导入（替换全部）、导出",
    ),
    "synonyms_words": (
        "the words of one group; for import and export a text file, one group a line: laptop, notebook",
        "一组同义词；导入、导出时为文本文件，每行一组：笔记本, 手提电脑",
    ),
    "synonyms_add": ("{count:group|groups} added.", "已添加 {count} 组。"),
    "synonyms_import": ("{count:group is|groups are} now in place.", "现有 {count} 组。"),
    "synonyms_remove": ("{count:group|groups} removed.", "已移除 {count} 组。"),
    "synonyms_export": ("{count:group|groups} written.", "已写出 {count} 组。"),
    "vote_ask": ("What would have been right? (Enter: nothing) ", "正确的回答是什么？（直接回车跳过）"),
    "vote_nothing": ("There is no answer to vote on yet.", "还没有可以评价的回答。"),
    "models": (
        "models: list, show, use, add, verify, remove, pull, presets",
        "模型：列出、查看、选用、添加、校验、移除、下载、可下载的型号",
    ),
    "models_target": ("name of the model; or file, folder or zip to add", "模型名称，或要添加的文件、文件夹、压缩包"),
    "models_mirror": (
        "pull: address of the hub or its mirror (or HF_ENDPOINT)",
        "下载：模型站或镜像的地址（或 HF_ENDPOINT）",
    ),
    "doctor": ("check program, machine, model and database", "检查程序、机器、模型和数据库"),
    "backup": ("write the database into one file", "把数据库备份为一个文件"),
    "restore": ("put a backup in the place of the database", "用备份替换数据库"),
    "serve": ("answer phones, tills and other programs over HTTP", "通过 HTTP 为手机、收银机和其他程序作答"),
    "serve_host": (
        "address to listen on (127.0.0.1: this computer only; others need --token)",
        "监听地址（127.0.0.1 仅限本机；其他地址需要 --token）",
    ),
    "serve_port": ("port to listen on; 0 takes a free one", "监听端口；0 表示任选一个空闲端口"),
    "serve_token": ("who asks must send this token (or SHOPDESK_SERVE_TOKEN)", "访问令牌（或 SHOPDESK_SERVE_TOKEN）"),
    "serve_rate": ("requests a minute of one other computer", "其他电脑每分钟的请求上限"),
    "serve_publish": ("offer signed snapshots of the rows to other counters", "向其他柜台提供已签名的数据快照"),
    "serve_issue": ("print a token of its own for this device, and end", "为该设备签发令牌后退出"),
    "serve_days": ("how many days an issued token is good for", "签发的令牌有效天数"),
    "pack": (
        "the shop as one signed file: build, install from a USB stick, roll back",
        "把店铺打成一个签名文件：制作、从 U 盘安装、回退",
    ),
    "pack_file": ("the pack", "数据包文件"),
    "pack_with_model": (
        "build: put a model in (without a name, the one that answers)",
        "制作时附上模型（不写名称则为当前模型）",
    ),
    "pack_wheels": ("build: put the .whl files of this folder in", "制作时附上该文件夹中的 .whl 文件"),
    "pack_key": ("install: demand this signer (key or fingerprint)", "安装时要求此签名者（公钥或指纹）"),
    "sync": ("fetch the rows from the shop's service, now and from now on", "从店铺服务获取数据，此后持续更新"),
    "sync_url": (
        "address of the service; none: the one that is set; off: no more",
        "服务地址；不写则用已设置的；off 表示停用",
    ),
    "sync_token": ("token of that service (or SHOPDESK_SYNC_TOKEN)", "该服务的令牌（或 SHOPDESK_SYNC_TOKEN）"),
    "sync_key": ("demand this signer (key or fingerprint)", "要求此签名者（公钥或指纹）"),
    "sync_minutes": ("how often the window and the service look for new rows", "窗口和服务多久检查一次更新（分钟）"),
    "action": ("what to do", "做什么"),
    # -- lines
    "error": ("error: {text}", "错误：{text}"),
    "notice": ("note: {text}", "提示：{text}"),
    "crashed": (
        "Something went wrong inside ShopDesk. Nothing you did is wrong; the report is in {log}",
        "ShopDesk 内部出错，并非您的操作有误；报告在 {log}",
    ),
    "chat_greeting": (
        "ShopDesk. Ask a question; + or - says what you think of an answer; help tells more; exit or Ctrl-D ends.",
        "ShopDesk。请输入问题；输入 + 或 - 评价回答；help 查看说明；输入 exit 或按 Ctrl-D 结束。",
    ),
    "chat_sample": (
        "This is the sample shop; `shopdesk import FILE` brings in yours.",
        "现在是示例店铺；用 shopdesk import 文件 导入您的数据。",
    ),
    "chat_help": (
        (
            "Type what a customer asks: a price, the stock, a comparison, a total, a rule, an order.\n"
            "+ says that the answer before was right, - that it was wrong; the right answer may follow the -.\n"
            "exit ends. `shopdesk --help` lists what else there is, such as import, search and gaps."
        ),
        (
            "直接输入顾客的问题：价格、库存、比较、合计、规定、订单。\n"
            "输入 + 表示上一条回答正确，输入 - 表示有误，- 后面可以写正确答案。\n"
            "输入 exit 结束。其他功能（导入、搜索、缺口等）见 shopdesk --help。"
        ),
    ),
    "chat_prompt": ("> ", "> "),
    "corrected": ("Corrected: ", "更正："),
    "as_of": ("as of {when}", "截至 {when}"),
    "as_of_stale": ("as of {when}, may be out of date", "截至 {when}，可能已过时"),
    "stopped": ("(stopped)", "（已停止）"),
    "nothing": ("Nothing found.", "没有找到。"),
    "kind": ("holds", "内容"),
    "layout": ("layout", "格式"),
    "columns": ("columns", "列"),
    "currency": ("currency", "货币"),
    "kept": ("kept as attributes", "保存为属性"),
    "kind_products": ("products", "商品"),
    "kind_policies": ("policies", "政策"),
    "kind_promotions": ("promotions", "促销"),
    "kind_orders": ("orders", "订单"),
    "kind_stores": ("stores", "门店"),
    "kind_answers": ("approved answers", "标准答案"),
    "kind_barcodes": ("barcodes", "条码"),
    "kind_attributes": ("attributes of products", "商品属性"),
    "kind_lists": ("lists", "名单"),
    "batch_new": ("{count} new", "新增 {count}"),
    "batch_changed": ("{count} changed", "变更 {count}"),
    "batch_unchanged": ("{count} unchanged", "未变 {count}"),
    "batch_rejected": ("{count} rejected", "拒收 {count}"),
    "batch_head": ("Import {batch}, {when}", "导入 {batch}，{when}"),
    "batch_undone": ("taken back", "已撤销"),
    "batch_undone_at": ("taken back {when}", "已于 {when} 撤销"),
    "batch_file": ("file", "文件"),
    "batch_by": ("by", "导入者"),
    "batch_sha256": ("SHA-256", "SHA-256"),
    "import_counts": (
        "{read:row|rows} read: {new} new, {changed} changed, {unchanged} unchanged, {rejected} rejected",
        "共读取 {read} 行：新增 {new}，变更 {changed}，未变 {unchanged}，拒收 {rejected}",
    ),
    "import_rejected": ("left out, line {line}{field}: {reason}", "未导入，第 {line} 行{field}：{reason}"),
    "import_suspicious": ("look at line {line}{field}: {reason}", "请看第 {line} 行{field}：{reason}"),
    "import_damage": ("damaged: {reason}", "已损坏：{reason}"),
    "import_notice": ("note: {reason}", "提示：{reason}"),
    "import_doubtful": (
        "read as {encoding}, which is a guess; if the text looks wrong, choose with --encoding",
        "按 {encoding} 读取，仅为推测；若文字不对，请用 --encoding 指定",
    ),
    "import_missing": (
        "{count:row of the shop is|rows of the shop are} not in the file; nothing is taken away",
        "店里有 {count} 行不在文件中，将保留",
    ),
    "import_change": ("{key} · {field}: {old} → {new}", "{key} · {field}：{old} → {new}"),
    "import_ask_damaged": (
        "The file looks damaged. Import it all the same? [y/N] ",
        "文件看来已损坏，仍要导入吗？[y/N] ",
    ),
    "import_nothing": ("There was nothing to import.", "没有可导入的内容。"),
    "progress_reading": ("reading", "读取"),
    "progress_comparing": ("comparing", "比较"),
    "progress_writing": ("writing", "写入"),
    "progress_indexing": ("indexing", "建立索引"),
    "progress_undoing": ("undoing", "撤销"),
    "undo_conflict": (
        "{key} {field}: edited by hand since ({imported} → {now}; before the import: {before})",
        "{key} {field}：导入后手工改过（{imported} → {now}；导入前：{before}）",
    ),
    "import_more": ("… and {count} more", "……还有 {count} 处"),
    "import_rejected_file": ("rejected rows are in {file}", "拒收的行在 {file}"),
    "import_sample_removed": (
        "{count:row of the sample makes|rows of the sample make} room",
        "示例数据 {count} 行将移除",
    ),
    "import_ask": ("Import this? [y/N] ", "导入吗？[y/N] "),
    "import_declined": ("Nothing was imported.", "没有导入。"),
    "import_planned": ("Nothing was written (--dry-run).", "没有写入（--dry-run）。"),
    "import_done": (
        "Imported as number {batch}; `shopdesk imports undo {batch}` takes it back.",
        "已导入，编号 {batch}；用 shopdesk imports undo {batch} 可撤销。",
    ),
    "undone": ("Import {batch} is taken back.", "导入 {batch} 已撤销。"),
    "exported": ("{count:row|rows} written to {file}", "已写出 {count} 行到 {file}"),
    "model_used": ("{name} answers from now on.", "今后由 {name} 作答。"),
    "model_used_for_search": (
        "The search also goes by meaning from now on, by {name}.",
        "今后搜索也按意思查找，用的是 {name}。",
    ),
    "model_reads_rows": ("{rows:row|rows} read", "已读 {rows} 行"),
    "model_added": ("{name} is on the shelf.", "{name} 已放上模型架。"),
    "model_pulled": (
        "{name} is fetched; `shopdesk models use` chooses it.",
        "{name} 已下载，用 shopdesk models use 选用。",
    ),
    "model_pulling": ("{percent} of {megabytes} MB", "已下载 {percent}，共 {megabytes} MB"),
    "model_preset": ("{download} GB to fetch, {memory} GB of memory", "下载 {download} GB，运行约需内存 {memory} GB"),
    "model_preset_large": ("more than this computer has free", "超出本机可用内存"),
    "model_removed": ("{name} is removed.", "{name} 已移除。"),
    "model_sound": ("{name} is as it was made.", "{name} 校验无误。"),
    "model_exam": (
        "{percent} right in the exam ({questions:question|questions})",
        "考试正确率 {percent}（{questions} 题）",
    ),
    "model_parity_passed": ("parity passed", "一致性检查通过"),
    "model_base": ("from {base}", "基于 {base}"),
    "model_bundled": ("comes with ShopDesk", "随程序附带"),
    "backed_up": ("The database is in {file}", "数据库已备份到 {file}"),
    "restored": ("The database is restored from {file}", "已从 {file} 恢复数据库"),
    "serving": ("ShopDesk answers at {url} (Ctrl-C ends).", "ShopDesk 在 {url} 提供服务（Ctrl-C 结束）。"),
    "pack_built": (
        "Version {version} is in {file}, signed by {fingerprint}",
        "版本 {version} 已写入 {file}，签名者 {fingerprint}",
    ),
    "pack_installed": (
        "Version {version} is in place, signed by {fingerprint}",
        "版本 {version} 已安装，签名者 {fingerprint}",
    ),
    "pack_trusted": (
        "From now on this computer takes packs of this signer only. Compare the fingerprint with the shop's.",
        "今后本机只接受该签名者的数据包，请与店铺核对指纹。",
    ),
    "pack_wheels_put": (
        "Program files for an update lie in {folder}; put them in place with: {command}",
        "更新程序所需的文件在 {folder}，安装命令：{command}",
    ),
    "pack_rolled_back": ("The rows are as they were before version {version}.", "资料已恢复到版本 {version} 之前。"),
    "sync_nothing": ("Nothing new.", "没有更新。"),
    "sync_off": ("The rows are no longer fetched.", "不再获取数据。"),
    "doctor_shopdesk": ("ShopDesk", "ShopDesk 版本"),
    "doctor_python": ("Python", "Python"),
    "doctor_platform": ("system", "操作系统"),
    "doctor_executable": ("program", "程序"),
    "doctor_cpu": ("processor", "处理器"),
    "doctor_llama_cpp": ("inference engine (llama.cpp)", "推理引擎（llama.cpp）"),
    "doctor_pyside6": ("window (PySide6)", "窗口组件（PySide6）"),
    "doctor_sqlite": ("SQLite", "SQLite"),
    "doctor_display": ("display", "显示器"),
    "doctor_fonts": ("Chinese font", "中文字体"),
    "doctor_home": ("data folder", "数据文件夹"),
    "doctor_database": ("database", "数据库"),
    "doctor_rows": ("rows", "数据"),
    "doctor_model": ("model", "模型"),
    "doctor_is_sample": ("sample shop", "示例店铺"),
    "doctor_on": ("on {device}", "运行于 {device}"),
    "doctor_loaded": ("loaded in {ms} ms", "加载用时 {ms} 毫秒"),
    "yes": ("yes", "有"),
    "no": ("no", "无"),
    "doctor_no_engine": (
        "The inference engine is not installed; `make run` builds it.",
        "推理引擎未安装；执行 make run 会编译安装。",
    ),
    "doctor_no_font": (
        "No Chinese font was found; on Debian: apt-get install fonts-noto-cjk",
        "没有中文字体；在 Debian 上：apt-get install fonts-noto-cjk",
    ),
    "doctor_machine": (
        "This computer has {cores:processor core|processor cores} and {memory} GB of memory, {free} GB of it free.",
        "本机有 {cores} 个处理器核心、{memory} GB 内存，其中 {free} GB 可用。",
    ),
    "doctor_no_avx2": (
        "The processor lacks AVX2: models run, but slowly.",
        "处理器不支持 AVX2：模型可以运行，但较慢。",
    ),
    "doctor_fit": (
        "{name} computes with {threads:thread|threads} and looks back on {context:token|tokens}.",
        "{name} 使用 {threads} 个线程，可回顾 {context} 个词元。",
    ),
    "doctor_server": (
        "The model server {url} answers, with the model {name}.",
        "由模型服务器 {url} 上的模型 {name} 回答。",
    ),
    "doctor_server_gone": (
        "The model server {url} does not answer; the local model {name} answers until it does.",
        "模型服务器 {url} 没有回应；恢复之前由本机模型 {name} 回答。",
    ),
    "doctor_no_card": (
        "No graphics card is used: there is none that this build can use.",
        "未使用显卡：没有此版本可用的显卡。",
    ),
    "doctor_card": (
        "Graphics card {name}: {free} of {total} GB are free.",
        "显卡 {name}：{total} GB 中有 {free} GB 可用。",
    ),
    "doctor_on_card": ("On the graphics card: {layers} layers of the model.", "显卡承担模型的 {layers} 层。"),
    "doctor_all_layers": ("all", "全部"),
    "doctor_prefix": (
        "The beginning of all prompts ({tokens} tokens) was read from disk.",
        "所有提问共用的开头（{tokens} 个词元）已从磁盘读入。",
    ),
    "doctor_well": ("All is well.", "一切正常。"),
}

YES_WORDS = frozenset({"y", "yes", "是", "好", "对", "导入"})
UP_WORDS = frozenset({"+", "+1", "👍", "＋"})
DOWN_WORDS = frozenset({"-", "-1", "👎", "－"})
EXIT_WORDS = frozenset({"exit", "quit", "退出", "再见"})
HELP_WORDS = frozenset({"help", "?", "？", "帮助"})


def text_of(name: str, language: str, /, **params: object) -> str:
    """The text `name` in `language` ("zh" or "en"), its placeholders filled. Raises KeyError for an unknown name."""
    english, chinese = _TEXTS[name]
    return filled(chinese if language == "zh" else english, params)


def names() -> frozenset[str]:
    return frozenset(_TEXTS)
