<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AdminRail</name>
    <message>
        <source>Back to the chat</source>
        <translation>返回会话</translation>
    </message>
    <message>
        <source>The shop&apos;s data</source>
        <translation>店铺数据</translation>
    </message>
    <message>
        <source>Insights</source>
        <translation>经营概览</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
</context>
<context>
    <name>AnswerBlock</name>
    <message>
        <source>No answer was stored: ShopDesk ended before it was complete.</source>
        <translation>没有保存到回答：回答完成之前程序就结束了。</translation>
    </message>
    <message>
        <source>Continue</source>
        <translation>继续</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>回答</translation>
    </message>
    <message>
        <source>Writing…</source>
        <translation>正在回答…</translation>
    </message>
    <message>
        <source>Looking…</source>
        <translation>正在查找…</translation>
    </message>
    <message>
        <source>stopped</source>
        <translation>已停止</translation>
    </message>
    <message>
        <source>checked against the rows</source>
        <translation>已与店内资料核对</translation>
    </message>
    <message>
        <source>not checked</source>
        <translation>未经核对</translation>
    </message>
    <message>
        <source>corrected</source>
        <translation>已更正</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>数据时间 {time}</translation>
    </message>
</context>
<context>
    <name>AnswerTools</name>
    <message>
        <source>Earlier version</source>
        <translation>上一个版本</translation>
    </message>
    <message>
        <source>Later version</source>
        <translation>下一个版本</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>Good answer</source>
        <translation>回答得好</translation>
    </message>
    <message>
        <source>Bad answer</source>
        <translation>回答有误</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>修改问题</translation>
    </message>
    <message>
        <source>Answer again</source>
        <translation>重新回答</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>BackupPage</name>
    <message>
        <source>The backup is in {file}.</source>
        <translation>备份已保存到 {file}。</translation>
    </message>
    <message>
        <source>Everything is as it was in {file}.</source>
        <translation>已恢复为 {file} 中的内容。</translation>
    </message>
    <message>
        <source>Backup</source>
        <translation>备份</translation>
    </message>
    <message>
        <source>Make a backup</source>
        <translation>做一次备份</translation>
    </message>
    <message>
        <source>All rows, conversations, votes and settings of the shop in one file. Work can go on meanwhile.</source>
        <translation>把店里的全部资料、会话、评价和设置存成一个文件，备份时可以照常使用。</translation>
    </message>
    <message>
        <source>Make a backup…</source>
        <translation>备份…</translation>
    </message>
    <message>
        <source>Go back to a backup</source>
        <translation>从备份恢复</translation>
    </message>
    <message>
        <source>What the shop holds now is replaced by what the file holds.</source>
        <translation>店里现有的内容会被文件中的内容替换。</translation>
    </message>
    <message>
        <source>Choose a backup…</source>
        <translation>选择备份文件…</translation>
    </message>
    <message>
        <source>Replace everything by {file}?</source>
        <translation>确定用 {file} 替换全部内容吗？</translation>
    </message>
    <message>
        <source>Replace</source>
        <translation>替换</translation>
    </message>
    <message>
        <source>Leave it</source>
        <translation>不替换</translation>
    </message>
    <message>
        <source>Backups (*.db)</source>
        <translation>备份文件 (*.db)</translation>
    </message>
    <message>
        <source>Backups (*.db *.bak)</source>
        <translation>备份文件 (*.db *.bak)</translation>
    </message>
</context>
<context>
    <name>ChangeSection</name>
    <message>
        <source>Import it all the same</source>
        <translation>仍然导入</translation>
    </message>
    <message>
        <source>Undo this import</source>
        <translation>撤销这次导入</translation>
    </message>
    <message>
        <source>Import another file</source>
        <translation>导入另一个文件</translation>
    </message>
    <message>
        <source>Save the rejected rows…</source>
        <translation>保存被拒收的行…</translation>
    </message>
    <message>
        <source>Open the folder of the rejected rows</source>
        <translation>打开被拒收行所在的文件夹</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>What will change</source>
        <translation>会有什么变化</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>有变化</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>无变化</translation>
    </message>
    <message>
        <source>not in the file</source>
        <translation>文件中没有</translation>
    </message>
    <message>
        <source>to look at</source>
        <translation>需核对</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>拒收</translation>
    </message>
    <message>
        <source>The sample shop gave way: {n} of its rows went.</source>
        <translation>示例店铺已让位：移除了其中 {n} 行。</translation>
    </message>
    <message>
        <source>Look at it</source>
        <translation>查看详情</translation>
    </message>
    <message>
        <source>The sample shop gives way: {n} of its rows go.</source>
        <translation>示例店铺让位：其中 {n} 行将移除。</translation>
    </message>
    <message>
        <source>Rows that are not in the file stay as they are.</source>
        <translation>文件中没有的行保持原样。</translation>
    </message>
    <message>
        <source>Rows of this kind that the shop has and the file has not. They stay.</source>
        <translation>店里有、文件里没有的同类数据，会保留。</translation>
    </message>
    <message>
        <source>Possible, but seldom meant: look at them before you import.</source>
        <translation>可能没错，但通常不是本意，导入前请核对。</translation>
    </message>
    <message>
        <source>The first {n} of {total}</source>
        <translation>共 {total} 行，显示前 {n} 行</translation>
    </message>
    <message>
        <source>Import {n} rows</source>
        <translation>导入 {n} 行</translation>
    </message>
    <message>
        <source>Import 1 row</source>
        <translation>导入 1 行</translation>
    </message>
    <message>
        <source>The file seems damaged. Look at it before you import it.</source>
        <translation>文件似乎已损坏，导入前请先查看。</translation>
    </message>
    <message>
        <source>There are no rows in this file.</source>
        <translation>文件里没有数据行。</translation>
    </message>
    <message>
        <source>None of its rows can be imported.</source>
        <translation>没有可以导入的行。</translation>
    </message>
    <message>
        <source>Nothing to do: the shop already has these rows.</source>
        <translation>无需导入：店里已有这些数据。</translation>
    </message>
    <message>
        <source>Nothing was written.</source>
        <translation>没有写入任何数据。</translation>
    </message>
    <message>
        <source>{n} rows were imported.</source>
        <translation>已导入 {n} 行。</translation>
    </message>
    <message>
        <source>1 row was imported.</source>
        <translation>已导入 1 行。</translation>
    </message>
    <message>
        <source>The rejected ones are in {file}: mend them there and import it.</source>
        <translation>被拒收的行在 {file} 中，改好后再导入该文件。</translation>
    </message>
    <message>
        <source>Save the rejected rows</source>
        <translation>保存被拒收的行</translation>
    </message>
    <message>
        <source>rejected rows</source>
        <translation>被拒收的行</translation>
    </message>
</context>
<context>
    <name>ChipRow</name>
    <message>
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Is | in stock?</source>
        <translation>|还有货吗？</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>退换货</translation>
    </message>
    <message>
        <source>How long can goods be returned?</source>
        <translation>买了多久可以退货？</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>促销</translation>
    </message>
    <message>
        <source>Which promotions run today?</source>
        <translation>今天有哪些促销活动？</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Which is cheaper, | or ?</source>
        <translation>|和哪个更便宜？</translation>
    </message>
</context>
<context>
    <name>Commands</name>
    <message>
        <source>New conversation</source>
        <translation>新会话</translation>
    </message>
    <message>
        <source>Search all that was said</source>
        <translation>搜索全部会话内容</translation>
    </message>
    <message>
        <source>Answer the last question again</source>
        <translation>重新回答上一个问题</translation>
    </message>
    <message>
        <source>Compare the products on the cards</source>
        <translation>比较卡片上的商品</translation>
    </message>
    <message>
        <source>Show the product to the customer</source>
        <translation>给顾客看商品</translation>
    </message>
    <message>
        <source>Write this conversation to a file</source>
        <translation>把这个会话写成文件</translation>
    </message>
    <message>
        <source>Import a file</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>The shop&apos;s data</source>
        <translation>店铺数据</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Lock what is for the manager</source>
        <translation>锁定店长功能</translation>
    </message>
    <message>
        <source>All commands and keys</source>
        <translation>所有命令和快捷键</translation>
    </message>
</context>
<context>
    <name>ComparePage</name>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Press “Compare” on the cards of up to four products.</source>
        <translation>在最多四件商品的卡片上点“比较”。</translation>
    </message>
    <message>
        <source>Clear</source>
        <translation>清空</translation>
    </message>
    <message>
        <source>Show to the customer</source>
        <translation>给顾客看</translation>
    </message>
    <message>
        <source>Take out</source>
        <translation>移出</translation>
    </message>
</context>
<context>
    <name>Composer</name>
    <message>
        <source>Ask, or scan a barcode…</source>
        <translation>输入问题，或扫描条码…</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Type a question (Ctrl+K); Shift+Enter for a new line; / for commands</source>
        <translation>输入问题（Ctrl+K）；Shift+Enter 换行；/ 显示命令</translation>
    </message>
    <message>
        <source>Send</source>
        <translation>发送</translation>
    </message>
    <message>
        <source>Stop</source>
        <translation>停止</translation>
    </message>
    <message>
        <source>Editing a question: its answer will be written anew.</source>
        <translation>正在修改问题，发送后会重新回答。</translation>
    </message>
    <message>
        <source>Leave it as it was</source>
        <translation>不修改</translation>
    </message>
    <message>
        <source>{n} of {limit} characters: please shorten the question</source>
        <translation>{n} / {limit} 个字符，请缩短问题</translation>
    </message>
    <message>
        <source>{n} of {limit}</source>
        <translation>{n} / {limit}</translation>
    </message>
</context>
<context>
    <name>ConflictSection</name>
    <message>
        <source>Edited by hand since this import</source>
        <translation>这次导入之后有手工修改</translation>
    </message>
    <message>
        <source>Undoing would take back these values too. Nothing has been done yet.</source>
        <translation>撤销会把这些值也一并恢复。目前还没有做任何改动。</translation>
    </message>
    <message>
        <source>Undo, but keep what was edited</source>
        <translation>撤销，但保留手工修改</translation>
    </message>
    <message>
        <source>Undo everything</source>
        <translation>全部撤销</translation>
    </message>
    <message>
        <source>Do not undo</source>
        <translation>不撤销</translation>
    </message>
    <message>
        <source>deleted since</source>
        <translation>之后已删除</translation>
    </message>
    <message>
        <source>came with the import, edited since</source>
        <translation>由这次导入新增，之后有修改</translation>
    </message>
    <message>
        <source>{field}: {before} before, {imported} imported, {now} now</source>
        <translation>{field}：原为 {before}，导入为 {imported}，现为 {now}</translation>
    </message>
</context>
<context>
    <name>ConversationsModel</name>
    <message>
        <source>Pinned</source>
        <translation>置顶</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新会话</translation>
    </message>
</context>
<context>
    <name>ConversationsPanel</name>
    <message>
        <source>New conversation</source>
        <translation>新会话</translation>
    </message>
    <message>
        <source>Search all that was said</source>
        <translation>搜索全部会话内容</translation>
    </message>
    <message>
        <source>Search conversations (Ctrl+F)</source>
        <translation>搜索会话（Ctrl+F）</translation>
    </message>
    <message>
        <source>Conversations</source>
        <translation>会话列表</translation>
    </message>
    <message>
        <source>No conversation contains these words.</source>
        <translation>没有会话包含这些文字。</translation>
    </message>
    <message>
        <source>The shop&apos;s data</source>
        <translation>店铺数据</translation>
    </message>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Deleted</source>
        <translation>已删除</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Rename (F2)</source>
        <translation>重命名（F2）</translation>
    </message>
    <message>
        <source>Unpin (Ctrl+P)</source>
        <translation>取消置顶（Ctrl+P）</translation>
    </message>
    <message>
        <source>Pin (Ctrl+P)</source>
        <translation>置顶（Ctrl+P）</translation>
    </message>
    <message>
        <source>Export… (Ctrl+S)</source>
        <translation>导出…（Ctrl+S）</translation>
    </message>
    <message>
        <source>Delete (Del)</source>
        <translation>删除（Del）</translation>
    </message>
</context>
<context>
    <name>CustomerView</name>
    <message>
        <source>For the customer</source>
        <translation>顾客视图</translation>
    </message>
    <message>
        <source>Welcome</source>
        <translation>欢迎光临</translation>
    </message>
    <message>
        <source>Available here</source>
        <translation>本店有货</translation>
    </message>
    <message>
        <source>Sold out here, please ask us</source>
        <translation>本店暂时售罄，请咨询店员</translation>
    </message>
</context>
<context>
    <name>DropArea</name>
    <message>
        <source>Drop a file here: products, policies, promotions, orders, stores, answers or barcodes, as your till, ERP or web shop exports them. CSV, Excel, JSON, Markdown, Word, also in a .zip; any encoding.</source>
        <translation>把文件拖到这里：收银机、ERP 或网店导出的商品、政策、促销、订单、门店、标准答案或条码都可以。支持 CSV、Excel、JSON、Markdown、Word，也可放在 .zip 里；编码自动识别。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.xlsx *.xls *.ods *.json *.jsonl *.md *.docx *.zip);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt *.xlsx *.xls *.ods *.json *.jsonl *.md *.docx *.zip);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a file to import</source>
        <translation>选择要导入的文件</translation>
    </message>
</context>
<context>
    <name>EmptyState</name>
    <message>
        <source>What does the customer want to know?</source>
        <translation>顾客想了解什么？</translation>
    </message>
    <message>
        <source>Ask in Chinese or English, by name, item code or barcode. Answers come from the shop&apos;s own rows.</source>
        <translation>可以用中文或英文提问，说品名、货号或条码都行。回答只依据店里的资料。</translation>
    </message>
    <message>
        <source>Import a file</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Last import: {time}</source>
        <translation>上次导入：{time}</translation>
    </message>
    <message>
        <source>These are the rows of a sample shop. Import your own file to replace them.</source>
        <translation>现在是示例店铺的资料，导入自己的文件即可替换。</translation>
    </message>
    <message>
        <source>No rows yet. Import a file with your products or policies.</source>
        <translation>还没有资料，请导入商品或政策文件。</translation>
    </message>
</context>
<context>
    <name>FactCard</name>
    <message>
        <source>Cited as [{n}] (Alt+{n})</source>
        <translation>引用编号 [{n}]（Alt+{n}）</translation>
    </message>
    <message>
        <source>Other stores</source>
        <translation>其他门店</translation>
    </message>
    <message>
        <source>Main store</source>
        <translation>总店</translation>
    </message>
    <message>
        <source>Sizes and colours</source>
        <translation>尺码和颜色</translation>
    </message>
    <message>
        <source>Sizes</source>
        <translation>尺码</translation>
    </message>
    <message>
        <source>Colours</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>Less</source>
        <translation>收起</translation>
    </message>
    <message>
        <source>More</source>
        <translation>更多</translation>
    </message>
    <message>
        <source>Whole text</source>
        <translation>查看全文</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>数据时间 {time}</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>示例</translation>
    </message>
    <message>
        <source>Do not compare</source>
        <translation>不再比较</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Print, or show as a QR code</source>
        <translation>打印，或显示二维码</translation>
    </message>
</context>
<context>
    <name>FactsPanel</name>
    <message>
        <source>The rows that an answer rests on appear here.</source>
        <translation>回答所依据的资料会显示在这里。</translation>
    </message>
    <message>
        <source>Facts</source>
        <translation>依据</translation>
    </message>
    <message>
        <source>{n} more rows were found.</source>
        <translation>另外还找到 {n} 条。</translation>
    </message>
</context>
<context>
    <name>FirstRowsModel</name>
    <message>
        <source>What “{column}” is</source>
        <translation>“{column}”列是什么</translation>
    </message>
    <message>
        <source>(kept as is)</source>
        <translation>（保留）</translation>
    </message>
</context>
<context>
    <name>FolderWatcher</name>
    <message>
        <source>{file} came in by itself: {new} new, {changed} changed, {rejected} rejected.</source>
        <translation>{file} 已自动导入：新增 {new} 行，变化 {changed} 行，拒收 {rejected} 行。</translation>
    </message>
</context>
<context>
    <name>Gaps</name>
    <message>
        <source>no such row</source>
        <translation>没有这项资料</translation>
    </message>
    <message>
        <source>not recorded</source>
        <translation>资料没有填写</translation>
    </message>
    <message>
        <source>marked as bad</source>
        <translation>标记为有误</translation>
    </message>
    <message>
        <source>answered, but unsure</source>
        <translation>答了，但没有把握</translation>
    </message>
    <message>
        <source>approved answer out of date</source>
        <translation>审定回答已过时</translation>
    </message>
</context>
<context>
    <name>Header</name>
    <message>
        <source>Conversations</source>
        <translation>会话列表</translation>
    </message>
    <message>
        <source>Back to the chat</source>
        <translation>返回会话</translation>
    </message>
    <message>
        <source>offline</source>
        <translation>离线可用</translation>
    </message>
    <message>
        <source>network in use</source>
        <translation>使用网络</translation>
    </message>
    <message>
        <source>ShopDesk works without a network; nothing leaves this machine.</source>
        <translation>ShopDesk 不需要网络，数据不会离开这台电脑。</translation>
    </message>
    <message>
        <source>Questions, and the rows they rest on, go to the model server {server}.</source>
        <translation>提问和所依据的店内资料会发送到模型服务器 {server}。</translation>
    </message>
    <message>
        <source>中文</source>
        <translation>English</translation>
    </message>
    <message>
        <source>Change the language of the window to Chinese</source>
        <translation>把界面语言改为英文</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>店标</translation>
    </message>
    <message>
        <source>no model: the rows answer</source>
        <translation>没有模型，按资料直接回答</translation>
    </message>
    <message>
        <source>model failed: the rows answer</source>
        <translation>模型出错，按资料直接回答</translation>
    </message>
    <message>
        <source>model is loading: the rows answer</source>
        <translation>模型加载中，先按资料直接回答</translation>
    </message>
    <message>
        <source>model server silent: the rows answer</source>
        <translation>模型服务器无响应，按资料直接回答</translation>
    </message>
    <message>
        <source>model server silent: {model} answers</source>
        <translation>模型服务器无响应，改由本机 {model} 回答</translation>
    </message>
</context>
<context>
    <name>HelpPage</name>
    <message>
        <source>Keys and commands</source>
        <translation>快捷键和命令</translation>
    </message>
    <message>
        <source>Keys</source>
        <translation>快捷键</translation>
    </message>
    <message>
        <source>Commands, typed in place of a question</source>
        <translation>命令（代替问题输入）</translation>
    </message>
    <message>
        <source>Send; Shift+Enter begins a new line</source>
        <translation>发送；Shift+Enter 换行</translation>
    </message>
    <message>
        <source>Stop the answer; close; back</source>
        <translation>停止回答；关闭；返回</translation>
    </message>
    <message>
        <source>To the question</source>
        <translation>回到问题框</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新会话</translation>
    </message>
    <message>
        <source>Search</source>
        <translation>搜索</translation>
    </message>
    <message>
        <source>To the card that is cited with this number</source>
        <translation>跳到对应编号的卡片</translation>
    </message>
    <message>
        <source>To the answer before or after</source>
        <translation>上一个或下一个回答</translation>
    </message>
    <message>
        <source>Answer again, or go on with an answer that was stopped</source>
        <translation>重新回答，或继续被停止的回答</translation>
    </message>
    <message>
        <source>Edit the question</source>
        <translation>修改问题</translation>
    </message>
    <message>
        <source>Copy the answer</source>
        <translation>复制回答</translation>
    </message>
    <message>
        <source>Read aloud</source>
        <translation>朗读</translation>
    </message>
    <message>
        <source>Compare the product of the first card</source>
        <translation>比较第一张卡片上的商品</translation>
    </message>
    <message>
        <source>Show the product to the customer</source>
        <translation>给顾客看商品</translation>
    </message>
    <message>
        <source>In the list: pin, export, rename, delete</source>
        <translation>在列表中：置顶、导出、重命名、删除</translation>
    </message>
    <message>
        <source>The shop&apos;s data, import, settings</source>
        <translation>店铺数据、导入、设置</translation>
    </message>
    <message>
        <source>Lock</source>
        <translation>锁定</translation>
    </message>
    <message>
        <source>Larger or smaller letters</source>
        <translation>放大或缩小文字</translation>
    </message>
    <message>
        <source>This page</source>
        <translation>本页</translation>
    </message>
</context>
<context>
    <name>HistorySection</name>
    <message>
        <source>Earlier imports</source>
        <translation>以往的导入</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>All {n} imports</source>
        <translation>全部 {n} 次导入</translation>
    </message>
    <message>
        <source>watched folder</source>
        <translation>监视的文件夹</translation>
    </message>
    <message>
        <source>{n} new</source>
        <translation>新增 {n}</translation>
    </message>
    <message>
        <source>{n} changed</source>
        <translation>变化 {n}</translation>
    </message>
    <message>
        <source>{n} rejected</source>
        <translation>拒收 {n}</translation>
    </message>
    <message>
        <source>nothing changed</source>
        <translation>没有变化</translation>
    </message>
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>1 row read</source>
        <translation>读取了 1 行</translation>
    </message>
    <message>
        <source>The import was taken back; the rows are as before.</source>
        <translation>导入已撤销，资料恢复原样。</translation>
    </message>
    <message>
        <source>{n} rows read</source>
        <translation>读取了 {n} 行</translation>
    </message>
</context>
<context>
    <name>InsightsPage</name>
    <message>
        <source>Insights</source>
        <translation>经营概览</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>Questions a day</source>
        <translation>每天的问题数</translation>
    </message>
    <message>
        <source>How long answers took, in milliseconds</source>
        <translation>回答用时（毫秒）</translation>
    </message>
    <message>
        <source>Asked most</source>
        <translation>问得最多的问题</translation>
    </message>
    <message>
        <source>What the shop&apos;s data do not say</source>
        <translation>店里资料缺少的内容</translation>
    </message>
    <message>
        <source>Answers marked as bad</source>
        <translation>被标记有误的回答</translation>
    </message>
    <message>
        <source>questions</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>without an answer</source>
        <translation>没有答案</translation>
    </message>
    <message>
        <source>middle</source>
        <translation>中位数</translation>
    </message>
    <message>
        <source>slowest tenth</source>
        <translation>最慢的一成</translation>
    </message>
    <message>
        <source>marked as good</source>
        <translation>评价为好</translation>
    </message>
    <message>
        <source>marked as bad</source>
        <translation>标记为有误</translation>
    </message>
    <message>
        <source>{n} times</source>
        <translation>{n} 次</translation>
    </message>
    <message>
        <source>once</source>
        <translation>1 次</translation>
    </message>
    <message>
        <source>The right answer, as it is to be given from now on</source>
        <translation>正确的回答，今后就这样回答</translation>
    </message>
    <message>
        <source>The right answer</source>
        <translation>正确的回答</translation>
    </message>
    <message>
        <source>Approve</source>
        <translation>采纳</translation>
    </message>
    <message>
        <source>Dismiss</source>
        <translation>忽略</translation>
    </message>
    <message>
        <source>Ask this</source>
        <translation>问这个问题</translation>
    </message>
    <message>
        <source>Nothing yet.</source>
        <translation>暂时没有。</translation>
    </message>
</context>
<context>
    <name>LabelDialog</name>
    <message>
        <source>Label</source>
        <translation>标签</translation>
    </message>
    <message>
        <source>Label of {code}</source>
        <translation>{code} 的标签</translation>
    </message>
    <message>
        <source>Print…</source>
        <translation>打印…</translation>
    </message>
    <message>
        <source>Keep as a picture…</source>
        <translation>存为图片…</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>The picture could not be written to {file}.</source>
        <translation>图片无法写入 {file}。</translation>
    </message>
    <message>
        <source>Keep as a picture</source>
        <translation>存为图片</translation>
    </message>
</context>
<context>
    <name>Library</name>
    <message>
        <source>Export the conversation</source>
        <translation>导出会话</translation>
    </message>
    <message>
        <source>Written to {file}.</source>
        <translation>已写入 {file}。</translation>
    </message>
</context>
<context>
    <name>LockPage</name>
    <message>
        <source>For the manager</source>
        <translation>店长功能</translation>
    </message>
    <message>
        <source>Catalogue, import, models and settings open with the PIN.</source>
        <translation>输入 PIN 后可以打开商品、导入、模型和设置。</translation>
    </message>
    <message>
        <source>PIN</source>
        <translation>PIN</translation>
    </message>
    <message>
        <source>Open</source>
        <translation>打开</translation>
    </message>
    <message>
        <source>Take one back</source>
        <translation>退一格</translation>
    </message>
    <message>
        <source>Too many wrong PINs. Try again in {time}.</source>
        <translation>PIN 错误次数太多，请在 {time} 后再试。</translation>
    </message>
    <message>
        <source>That is not the PIN. {n} more tries.</source>
        <translation>PIN 不对，还可以试 {n} 次。</translation>
    </message>
</context>
<context>
    <name>MainWindow</name>
    <message>
        <source>There is no command /{name}. /help lists them.</source>
        <translation>没有命令 /{name}。输入 /帮助 查看全部命令。</translation>
    </message>
</context>
<context>
    <name>MarkdownEditor</name>
    <message>
        <source>Heading</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Bold</source>
        <translation>加粗</translation>
    </message>
    <message>
        <source>List</source>
        <translation>列表</translation>
    </message>
    <message>
        <source>Text in Markdown</source>
        <translation>正文（Markdown）</translation>
    </message>
    <message>
        <source>Preview</source>
        <translation>预览</translation>
    </message>
</context>
<context>
    <name>MessageBar</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
</context>
<context>
    <name>ModelSetting</name>
    <message>
        <source>Model file</source>
        <translation>模型文件</translation>
    </message>
    <message>
        <source>The model only words the answers; every value comes from the rows. Without a model the rows answer.</source>
        <translation>模型只负责组织语言，所有数值都来自店里的资料。没有模型时直接按资料回答。</translation>
    </message>
    <message>
        <source>Add a model file…</source>
        <translation>添加模型文件…</translation>
    </message>
    <message>
        <source>Download</source>
        <translation>下载</translation>
    </message>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Larger models to download</source>
        <translation>可下载的更大模型</translation>
    </message>
    <message>
        <source>{name} · {size} GB</source>
        <translation>{name} · {size} GB</translation>
    </message>
    <message>
        <source>No model file was found.</source>
        <translation>没有找到模型文件。</translation>
    </message>
    <message>
        <source>{n} MB</source>
        <translation>{n} MB</translation>
    </message>
    <message>
        <source>comes with ShopDesk</source>
        <translation>随 ShopDesk 提供</translation>
    </message>
    <message>
        <source>search by meaning</source>
        <translation>按意思查找</translation>
    </message>
    <message>
        <source>Remove {name} from this computer</source>
        <translation>从本机移除 {name}</translation>
    </message>
    <message>
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
    </message>
    <message>
        <source>{share} right in the exam</source>
        <translation>考试正确率 {share}</translation>
    </message>
    <message>
        <source>parity passed</source>
        <translation>一致性检查通过</translation>
    </message>
    <message>
        <source>from {base}</source>
        <translation>基于 {base}</translation>
    </message>
    <message>
        <source>Add a model file</source>
        <translation>添加模型文件</translation>
    </message>
    <message>
        <source>Model files (*.gguf *.zip)</source>
        <translation>模型文件 (*.gguf *.zip)</translation>
    </message>
    <message>
        <source>{name} is there. Press “Use” to answer with it.</source>
        <translation>{name} 已下载。按“使用”后用它回答。</translation>
    </message>
    <message>
        <source>Needs about {memory} GB of memory. Only a download uses the network.</source>
        <translation>运行约需 {memory} GB 内存。只有下载时才使用网络。</translation>
    </message>
    <message>
        <source>That is more than this computer has free.</source>
        <translation>超出本机当前的可用内存。</translation>
    </message>
    <message>
        <source>Stopping…</source>
        <translation>正在停止…</translation>
    </message>
    <message>
        <source>{share} of {size} GB</source>
        <translation>{share}，共 {size} GB</translation>
    </message>
</context>
<context>
    <name>Paragraphs</name>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
</context>
<context>
    <name>PinSetting</name>
    <message>
        <source>PIN for the manager</source>
        <translation>店长 PIN</translation>
    </message>
    <message>
        <source>Everything but the chat asks for the PIN.</source>
        <translation>除会话以外，其他页面都要输入 PIN。</translation>
    </message>
    <message>
        <source>Without a PIN, everyone at this machine can change the shop&apos;s data and settings.</source>
        <translation>没有设置 PIN 时，使用这台机器的人都能修改店铺数据和设置。</translation>
    </message>
    <message>
        <source>At least {n} digits or letters</source>
        <translation>至少 {n} 位数字或字母</translation>
    </message>
    <message>
        <source>New PIN</source>
        <translation>新 PIN</translation>
    </message>
    <message>
        <source>Change the PIN</source>
        <translation>修改 PIN</translation>
    </message>
    <message>
        <source>Set the PIN</source>
        <translation>设置 PIN</translation>
    </message>
    <message>
        <source>Ask for no PIN</source>
        <translation>不再使用 PIN</translation>
    </message>
    <message>
        <source>A PIN has at least {n} characters.</source>
        <translation>PIN 至少要有 {n} 位。</translation>
    </message>
    <message>
        <source>The PIN is set.</source>
        <translation>PIN 已设置。</translation>
    </message>
</context>
<context>
    <name>ProductDesk</name>
    <message>
        <source>Four products can be compared. Take one out first.</source>
        <translation>最多比较四件商品，请先移出一件。</translation>
    </message>
    <message>
        <source>{n} of 4 to compare. /compare shows them side by side.</source>
        <translation>已选 {n}/4 件。输入 /比较 并排查看。</translation>
    </message>
</context>
<context>
    <name>ProgressLine</name>
    <message>
        <source>Cancel</source>
        <translation>取消</translation>
    </message>
    <message>
        <source>Looking at the file…</source>
        <translation>正在查看文件…</translation>
    </message>
    <message>
        <source>Reading the file…</source>
        <translation>正在读取文件…</translation>
    </message>
    <message>
        <source>Comparing with the shop&apos;s rows…</source>
        <translation>正在与店内数据比较…</translation>
    </message>
    <message>
        <source>Importing…</source>
        <translation>正在导入…</translation>
    </message>
    <message>
        <source>Writing the rows…</source>
        <translation>正在写入…</translation>
    </message>
    <message>
        <source>Making the rows searchable…</source>
        <translation>正在建立搜索…</translation>
    </message>
    <message>
        <source>Taking the import back…</source>
        <translation>正在撤销导入…</translation>
    </message>
    <message>
        <source>Looking for later changes…</source>
        <translation>正在查找之后的修改…</translation>
    </message>
    <message>
        <source>Writing the rejected rows…</source>
        <translation>正在写出被拒收的行…</translation>
    </message>
</context>
<context>
    <name>RecordsPage</name>
    <message>
        <source>Search: words, or the beginning of a code</source>
        <translation>搜索：词语，或编码的开头</translation>
    </message>
    <message>
        <source>Add a row</source>
        <translation>新增一行</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
    </message>
    <message>
        <source>No rows here. Import a file, or add one by hand.</source>
        <translation>这里没有数据。请导入文件，或手工新增。</translation>
    </message>
    <message>
        <source>Which rows</source>
        <translation>显示哪些行</translation>
    </message>
    <message>
        <source>{n} rows</source>
        <translation>{n} 行</translation>
    </message>
    <message>
        <source>1 row</source>
        <translation>1 行</translation>
    </message>
    <message>
        <source>“{name}” was added.</source>
        <translation>已新增“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” was saved.</source>
        <translation>已保存“{name}”。</translation>
    </message>
    <message>
        <source>“{name}” was deleted.</source>
        <translation>已删除“{name}”。</translation>
    </message>
</context>
<context>
    <name>RightAnswer</name>
    <message>
        <source>What would have been right? (may stay empty)</source>
        <translation>正确的回答应该是什么？（可不填）</translation>
    </message>
    <message>
        <source>The right answer</source>
        <translation>正确的回答</translation>
    </message>
    <message>
        <source>Keep</source>
        <translation>保存</translation>
    </message>
</context>
<context>
    <name>RowForm</name>
    <message>
        <source>Close</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>Save</source>
        <translation>保存</translation>
    </message>
    <message>
        <source>Discard changes</source>
        <translation>放弃修改</translation>
    </message>
    <message>
        <source>Delete</source>
        <translation>删除</translation>
    </message>
    <message>
        <source>Add this attribute</source>
        <translation>添加这个属性</translation>
    </message>
    <message>
        <source>Another attribute</source>
        <translation>其他属性</translation>
    </message>
    <message>
        <source>its value</source>
        <translation>属性的内容</translation>
    </message>
    <message>
        <source>This row has changes that are not saved.</source>
        <translation>这一行有未保存的修改。</translation>
    </message>
    <message>
        <source>New row</source>
        <translation>新的一行</translation>
    </message>
    <message>
        <source>Fill in what is known; the rest may stay blank.</source>
        <translation>填写已知的内容，其余可以留空。</translation>
    </message>
    <message>
        <source>as of {time}</source>
        <translation>截至 {time}</translation>
    </message>
    <message>
        <source>out of date</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>sample</source>
        <translation>示例</translation>
    </message>
</context>
<context>
    <name>Session</name>
    <message>
        <source>Not asked: another question came first.</source>
        <translation>没有提问：后面的问题先提出了。</translation>
    </message>
    <message>
        <source>Kept. A manager can make it the shop&apos;s own answer, on the page Insights.</source>
        <translation>已记录。店长可在“经营概览”页把它设为标准答案。</translation>
    </message>
</context>
<context>
    <name>SettingsPage</name>
    <message>
        <source>Settings</source>
        <translation>设置</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Theme</source>
        <translation>外观</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Light</source>
        <translation>浅色</translation>
    </message>
    <message>
        <source>Dark</source>
        <translation>深色</translation>
    </message>
    <message>
        <source>Data folder</source>
        <translation>数据文件夹</translation>
    </message>
    <message>
        <source>Database, models, settings and logs of this shop. To use another folder, start ShopDesk with --home.</source>
        <translation>存放本店的数据库、模型、设置和日志。要换文件夹，请用 --home 启动 ShopDesk。</translation>
    </message>
    <message>
        <source>Open the folder</source>
        <translation>打开文件夹</translation>
    </message>
    <message>
        <source>ShopDesk {version} · works without a network</source>
        <translation>ShopDesk {version} · 无需网络</translation>
    </message>
    <message>
        <source>High contrast</source>
        <translation>高对比度</translation>
    </message>
</context>
<context>
    <name>ShopSetting</name>
    <message>
        <source>The shop&apos;s look</source>
        <translation>店铺形象</translation>
    </message>
    <message>
        <source>Shop name</source>
        <translation>店名</translation>
    </message>
    <message>
        <source>Greeting</source>
        <translation>欢迎语</translation>
    </message>
    <message>
        <source>Accent colour</source>
        <translation>主题色</translation>
    </message>
    <message>
        <source>Logo</source>
        <translation>店标</translation>
    </message>
    <message>
        <source>Quick questions, one a line: name = question; | where the product&apos;s name goes</source>
        <translation>快捷问题，每行一个：名称 = 问题；在要填商品名的地方写 |</translation>
    </message>
    <message>
        <source>As it stands over the conversation</source>
        <translation>显示在会话上方</translation>
    </message>
    <message>
        <source>What does the customer want to know?</source>
        <translation>顾客想了解什么？</translation>
    </message>
    <message>
        <source>Quick questions</source>
        <translation>快捷问题</translation>
    </message>
    <message>
        <source>Stock = Is | in stock?</source>
        <translation>库存 = |还有货吗？</translation>
    </message>
    <message>
        <source>Usual</source>
        <translation>默认</translation>
    </message>
    <message>
        <source>Choose a picture…</source>
        <translation>选择图片…</translation>
    </message>
    <message>
        <source>No logo</source>
        <translation>不用店标</translation>
    </message>
    <message>
        <source>Keep the quick questions</source>
        <translation>保存快捷问题</translation>
    </message>
    <message>
        <source>{text} is no colour: write it as #0b6b57.</source>
        <translation>{text} 不是颜色，请写成 #0b6b57 这样。</translation>
    </message>
    <message>
        <source>Pictures ({kinds})</source>
        <translation>图片 ({kinds})</translation>
    </message>
</context>
<context>
    <name>SizeSetting</name>
    <message>
        <source>Size of letters</source>
        <translation>文字大小</translation>
    </message>
    <message>
        <source>Font</source>
        <translation>字体</translation>
    </message>
    <message>
        <source>As the system</source>
        <translation>跟随系统</translation>
    </message>
    <message>
        <source>Fonts that know Chinese. Font files in the folder “fonts” of the data folder count.</source>
        <translation>这里列出支持中文的字体；数据文件夹中 fonts 文件夹里的字体文件也可使用。</translation>
    </message>
</context>
<context>
    <name>StaleSetting</name>
    <message>
        <source>Out of date</source>
        <translation>资料时效</translation>
    </message>
    <message>
        <source>Prices and stock that nobody has confirmed for so long are marked.</source>
        <translation>价格和库存超过这个时间未更新，就标为过期。</translation>
    </message>
    <message>
        <source>1 day</source>
        <translation>1 天</translation>
    </message>
    <message>
        <source>{n} days</source>
        <translation>{n} 天</translation>
    </message>
    <message>
        <source>Never</source>
        <translation>从不</translation>
    </message>
</context>
<context>
    <name>Tray</name>
    <message>
        <source>Show the window</source>
        <translation>显示窗口</translation>
    </message>
    <message>
        <source>New conversation</source>
        <translation>新会话</translation>
    </message>
    <message>
        <source>Quit</source>
        <translation>退出</translation>
    </message>
</context>
<context>
    <name>WatchSetting</name>
    <message>
        <source>Watched folder</source>
        <translation>监视的文件夹</translation>
    </message>
    <message>
        <source>New files in this folder are imported by themselves, if a file with the same columns was imported by hand before. Files that are there when you switch it on are not new.</source>
        <translation>放进这个文件夹的新文件会自动导入，前提是以前手动导入过列相同的文件。开启时已在里面的文件不算新文件。</translation>
    </message>
    <message>
        <source>Off</source>
        <translation>关闭</translation>
    </message>
    <message>
        <source>On</source>
        <translation>开启</translation>
    </message>
    <message>
        <source>Choose a folder…</source>
        <translation>选择文件夹…</translation>
    </message>
    <message>
        <source>Known columns</source>
        <translation>已认识的列</translation>
    </message>
    <message>
        <source>Forget</source>
        <translation>忘记</translation>
    </message>
    <message>
        <source>Choose the folder to watch</source>
        <translation>选择要监视的文件夹</translation>
    </message>
</context>
<context>
    <name>WelcomePage</name>
    <message>
        <source>Welcome to ShopDesk</source>
        <translation>欢迎使用 ShopDesk</translation>
    </message>
    <message>
        <source>Five things in a minute. Each can be changed later, in the settings.</source>
        <translation>五件事，一分钟就好；以后都可以在设置里修改。</translation>
    </message>
    <message>
        <source>1 Language</source>
        <translation>1 语言</translation>
    </message>
    <message>
        <source>2 Your shop</source>
        <translation>2 您的店铺</translation>
    </message>
    <message>
        <source>3 Products</source>
        <translation>3 商品</translation>
    </message>
    <message>
        <source>4 Model</source>
        <translation>4 模型</translation>
    </message>
    <message>
        <source>5 A first question</source>
        <translation>5 问第一个问题</translation>
    </message>
    <message>
        <source>Name of the shop</source>
        <translation>店名</translation>
    </message>
    <message>
        <source>PIN (optional)</source>
        <translation>PIN（可不填）</translation>
    </message>
    <message>
        <source>PIN for the manager (may stay empty)</source>
        <translation>店长 PIN（可不填）</translation>
    </message>
    <message>
        <source>A sample shop is there to try things out. Your own products take its place when you import them.</source>
        <translation>已有一个示例店铺可以试用；导入自己的商品后，示例会自动让位。</translation>
    </message>
    <message>
        <source>Begin with the sample shop</source>
        <translation>先用示例店铺</translation>
    </message>
    <message>
        <source>Import my own file</source>
        <translation>导入自己的文件</translation>
    </message>
    <message>
        <source>Add a model from disk or USB…</source>
        <translation>从硬盘或 U 盘添加模型…</translation>
    </message>
    <message>
        <source>Download…</source>
        <translation>下载模型…</translation>
    </message>
    <message>
        <source>Start</source>
        <translation>开始使用</translation>
    </message>
    <message>
        <source>Is JKT-105 in stock?</source>
        <translation>JKT-105 还有货吗？</translation>
    </message>
    <message>
        <source>Which promotions run today?</source>
        <translation>今天有哪些促销活动？</translation>
    </message>
    <message>
        <source>How long can goods be returned?</source>
        <translation>买了多久可以退货？</translation>
    </message>
    <message>
        <source>The model that comes with ShopDesk is ready.</source>
        <translation>ShopDesk 自带的模型已就绪。</translation>
    </message>
    <message>
        <source>The model that comes with ShopDesk is loading; the rows answer meanwhile.</source>
        <translation>ShopDesk 自带的模型正在加载，期间由店内资料直接回答。</translation>
    </message>
    <message>
        <source>There is no model that can be used; the rows answer all the same.</source>
        <translation>没有可用的模型，店内资料照样可以回答。</translation>
    </message>
    <message>
        <source>Add a model file</source>
        <translation>添加模型文件</translation>
    </message>
    <message>
        <source>Model files (*.gguf *.zip)</source>
        <translation>模型文件 (*.gguf *.zip)</translation>
    </message>
    <message>
        <source>A PIN has at least {n} characters.</source>
        <translation>PIN 至少要有 {n} 位。</translation>
    </message>
</context>
<context>
    <name>WhatSection</name>
    <message>
        <source>What it is</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>First rows, and what each column is</source>
        <translation>前几行，以及每列的含义</translation>
    </message>
    <message>
        <source>Sheet or file</source>
        <translation>工作表或文件</translation>
    </message>
    <message>
        <source>Rows are</source>
        <translation>数据种类</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>First row</source>
        <translation>首行</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>Leave this one out</source>
        <translation>不导入这一个</translation>
    </message>
    <message>
        <source>The encoding is not certain. Choose the lines that read right:</source>
        <translation>编码不确定，请选择读起来正确的一项：</translation>
    </message>
    <message>
        <source>names the columns</source>
        <translation>是列名</translation>
    </message>
    <message>
        <source>is data already</source>
        <translation>已是数据</translation>
    </message>
    <message>
        <source>separated by commas</source>
        <translation>逗号分隔</translation>
    </message>
    <message>
        <source>separated by semicolons</source>
        <translation>分号分隔</translation>
    </message>
    <message>
        <source>separated by tabs</source>
        <translation>制表符分隔</translation>
    </message>
    <message>
        <source>separated by bars</source>
        <translation>竖线分隔</translation>
    </message>
    <message>
        <source>read as the last file with these columns</source>
        <translation>按上次列相同的文件读取</translation>
    </message>
    <message>
        <source>other columns are kept under their names: {names}</source>
        <translation>其余各列按原名保留：{names}</translation>
    </message>
    <message>
        <source>Read it as {encoding}</source>
        <translation>按 {encoding} 读取</translation>
    </message>
</context>
<context>
    <name>Wording</name>
    <message>
        <source>Something went wrong. The window stays usable.</source>
        <translation>出了点问题，窗口可以继续使用。</translation>
    </message>
    <message>
        <source>Title</source>
        <translation>标题</translation>
    </message>
    <message>
        <source>Number</source>
        <translation>单号</translation>
    </message>
    <message>
        <source>Same product</source>
        <translation>同款</translation>
    </message>
    <message>
        <source>Language</source>
        <translation>语言</translation>
    </message>
    <message>
        <source>Picture</source>
        <translation>图片</translation>
    </message>
    <message>
        <source>Currency</source>
        <translation>币种</translation>
    </message>
    <message>
        <source>Available</source>
        <translation>有货</translation>
    </message>
    <message>
        <source>English name</source>
        <translation>英文名</translation>
    </message>
    <message>
        <source>Chinese name</source>
        <translation>中文名</translation>
    </message>
    <message>
        <source>Options</source>
        <translation>选项</translation>
    </message>
    <message>
        <source>Number in the old system</source>
        <translation>原系统编号</translation>
    </message>
    <message>
        <source>Number of the brand</source>
        <translation>品牌编号</translation>
    </message>
    <message>
        <source>Quantity</source>
        <translation>数量</translation>
    </message>
    <message>
        <source>Number of the category</source>
        <translation>类别编号</translation>
    </message>
    <message>
        <source>Pieces</source>
        <translation>件数</translation>
    </message>
    <message>
        <source>Item: name</source>
        <translation>明细：名称</translation>
    </message>
    <message>
        <source>Item: code</source>
        <translation>明细：编码</translation>
    </message>
    <message>
        <source>Item: quantity</source>
        <translation>明细：数量</translation>
    </message>
    <message>
        <source>Item: price</source>
        <translation>明细：价格</translation>
    </message>
    <message>
        <source>Item: options</source>
        <translation>明细：规格</translation>
    </message>
    <message>
        <source>Address</source>
        <translation>地址</translation>
    </message>
    <message>
        <source>Phone</source>
        <translation>电话</translation>
    </message>
    <message>
        <source>Opening hours</source>
        <translation>营业时间</translation>
    </message>
    <message>
        <source>Question</source>
        <translation>问题</translation>
    </message>
    <message>
        <source>Answer</source>
        <translation>答案</translation>
    </message>
    <message>
        <source>Source</source>
        <translation>来源</translation>
    </message>
    <message>
        <source>Approved by</source>
        <translation>审核人</translation>
    </message>
    <message>
        <source>Approved on</source>
        <translation>审核时间</translation>
    </message>
    <message>
        <source>Attribute</source>
        <translation>属性</translation>
    </message>
    <message>
        <source>Value</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Belongs to</source>
        <translation>上级</translation>
    </message>
    <message>
        <source>As of</source>
        <translation>截至</translation>
    </message>
    <message>
        <source>Colour</source>
        <translation>颜色</translation>
    </message>
    <message>
        <source>{name} (English)</source>
        <translation>{name}（英文）</translation>
    </message>
    <message>
        <source>{name} (Chinese)</source>
        <translation>{name}（中文）</translation>
    </message>
    <message>
        <source>Today</source>
        <translation>今天</translation>
    </message>
    <message>
        <source>Yesterday</source>
        <translation>昨天</translation>
    </message>
    <message>
        <source>Earlier</source>
        <translation>更早</translation>
    </message>
    <message>
        <source>Product</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Products</source>
        <translation>商品</translation>
    </message>
    <message>
        <source>Policy</source>
        <translation>政策</translation>
    </message>
    <message>
        <source>Policies</source>
        <translation>政策</translation>
    </message>
    <message>
        <source>Promotion</source>
        <translation>促销</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>促销</translation>
    </message>
    <message>
        <source>Order</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Orders</source>
        <translation>订单</translation>
    </message>
    <message>
        <source>Store</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>Stores</source>
        <translation>门店</translation>
    </message>
    <message>
        <source>Answers</source>
        <translation>标准答案</translation>
    </message>
    <message>
        <source>Barcode</source>
        <translation>条码</translation>
    </message>
    <message>
        <source>Barcodes</source>
        <translation>条码</translation>
    </message>
    <message>
        <source>Attributes of products</source>
        <translation>商品属性</translation>
    </message>
    <message>
        <source>Name for a number</source>
        <translation>编号名称</translation>
    </message>
    <message>
        <source>Names for numbers</source>
        <translation>编号名称</translation>
    </message>
    <message>
        <source>Worked out</source>
        <translation>计算得出</translation>
    </message>
    <message>
        <source>from the rows</source>
        <translation>直接取自资料</translation>
    </message>
    <message>
        <source>approved answer</source>
        <translation>已审定的回答</translation>
    </message>
    <message>
        <source>answered before</source>
        <translation>此前回答过</translation>
    </message>
    <message>
        <source>written by the model</source>
        <translation>由模型撰写</translation>
    </message>
    <message>
        <source>nothing found</source>
        <translation>没有找到</translation>
    </message>
    <message>
        <source>Line</source>
        <translation>行号</translation>
    </message>
    <message>
        <source>Rows</source>
        <translation>数据</translation>
    </message>
    <message>
        <source>Column</source>
        <translation>列</translation>
    </message>
    <message>
        <source>What is the matter</source>
        <translation>原因</translation>
    </message>
    <message>
        <source>Code</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Values</source>
        <translation>内容</translation>
    </message>
    <message>
        <source>Out of date: as of {time}</source>
        <translation>已过期：截至 {time}</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
    <message>
        <source>All rows</source>
        <translation>全部</translation>
    </message>
    <message>
        <source>In stock</source>
        <translation>有货</translation>
    </message>
    <message>
        <source>Out of stock</source>
        <translation>无货</translation>
    </message>
    <message>
        <source>Without a price</source>
        <translation>没有价格</translation>
    </message>
    <message>
        <source>Out of date</source>
        <translation>已过期</translation>
    </message>
    <message>
        <source>Edited by hand</source>
        <translation>手工修改过</translation>
    </message>
    <message>
        <source>Running today</source>
        <translation>今天有效</translation>
    </message>
    <message>
        <source>Not begun yet</source>
        <translation>尚未开始</translation>
    </message>
    <message>
        <source>Over</source>
        <translation>已结束</translation>
    </message>
    <message>
        <source>Without a tracking number</source>
        <translation>没有运单号</translation>
    </message>
    <message>
        <source>(not said)</source>
        <translation>（未填）</translation>
    </message>
    <message>
        <source>Yes</source>
        <translation>是</translation>
    </message>
    <message>
        <source>No</source>
        <translation>否</translation>
    </message>
    <message>
        <source>Chinese</source>
        <translation>中文</translation>
    </message>
    <message>
        <source>English</source>
        <translation>英文</translation>
    </message>
    <message>
        <source>Off from an amount</source>
        <translation>满减</translation>
    </message>
    <message>
        <source>Percentage</source>
        <translation>折扣</translation>
    </message>
    <message>
        <source>Amount off</source>
        <translation>立减</translation>
    </message>
    <message>
        <source>Special price</source>
        <translation>特价</translation>
    </message>
    <message>
        <source>Coupon</source>
        <translation>优惠券</translation>
    </message>
    <message>
        <source>Bundle</source>
        <translation>组合优惠</translation>
    </message>
    <message>
        <source>Steps</source>
        <translation>阶梯优惠</translation>
    </message>
    <message>
        <source>Gift</source>
        <translation>赠品</translation>
    </message>
    <message>
        <source>Member day</source>
        <translation>会员日</translation>
    </message>
</context>
<context>
    <name>_Notice</name>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
</context>
</TS>
