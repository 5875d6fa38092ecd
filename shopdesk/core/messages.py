"""Every message to the user that is not part of an answer, in both languages, by code."""

from __future__ import annotations

from collections.abc import Mapping

_MESSAGES: Mapping[str, tuple[str, str]] = {
    # code: (English, Chinese)
    "conversation_missing": ("There is no conversation {id}.", "没有编号为 {id} 的会话。"),
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
    "engine_timeout": ("The model has not answered for {seconds} seconds.", "模型已有 {seconds} 秒没有响应。"),
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
        "The window cannot be opened here: system libraries are missing. `make run` in the program's folder installs them.",
        "这里无法打开窗口：缺少系统库。在程序文件夹里执行 make run 会装好。",
    ),
    "record_missing": ("There is no {kind} {key}.", "{kind} 中没有 {key}。"),
    "file_unreadable": ("The file {path} cannot be read.", "无法读取文件 {path}。"),
    "batch_line_bad": (
        "Line {line} is not a JSON object with the text \"{field}\".",
        "第 {line} 行不是含有文本 \"{field}\" 的 JSON 对象。",
    ),
}


def text_of(code: str, language: str, **params: object) -> str:
    """The message `code` in `language` ("zh" or "en"), its placeholders filled.

    An unknown code is our fault and raises KeyError, so that a test finds it.
    """
    english, chinese = _MESSAGES[code]
    return (chinese if language == "zh" else english).format(**params)


def codes() -> frozenset[str]:
    return frozenset(_MESSAGES)
