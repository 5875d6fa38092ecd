<?xml version="1.0" encoding="utf-8"?>
<!DOCTYPE TS>
<TS version="2.1" language="zh_CN">
<context>
    <name>AnswerBlock</name>
    <message>
        <source>No answer was stored: ShopDesk ended before it was complete.</source>
        <translation>没有保存到回答：回答完成之前程序就结束了。</translation>
    </message>
    <message>
        <source>Details</source>
        <translation>详情</translation>
    </message>
    <message>
        <source>Copy</source>
        <translation>复制</translation>
    </message>
    <message>
        <source>Ask again</source>
        <translation>重新提问</translation>
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
        <source>Type a question (Ctrl+K); Shift+Enter for a new line</source>
        <translation>输入问题（Ctrl+K）；Shift+Enter 换行</translation>
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
        <source>{n} of {limit} characters: please shorten the question</source>
        <translation>{n} / {limit} 个字符，请缩短问题</translation>
    </message>
    <message>
        <source>{n} of {limit}</source>
        <translation>{n} / {limit}</translation>
    </message>
</context>
<context>
    <name>ConversationsModel</name>
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
        <source>Search conversations</source>
        <translation>搜索会话</translation>
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
        <source>Delete (Del)</source>
        <translation>删除（Del）</translation>
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
        <source>Stock</source>
        <translation>库存</translation>
    </message>
    <message>
        <source>Returns</source>
        <translation>退换货</translation>
    </message>
    <message>
        <source>Promotions</source>
        <translation>促销</translation>
    </message>
    <message>
        <source>Compare</source>
        <translation>比较</translation>
    </message>
    <message>
        <source>Import a file</source>
        <translation>导入文件</translation>
    </message>
    <message>
        <source>Is | in stock?</source>
        <translation>|还有货吗？</translation>
    </message>
    <message>
        <source>How long can goods be returned?</source>
        <translation>买了多久之内可以退货？</translation>
    </message>
    <message>
        <source>Which promotions run today?</source>
        <translation>今天有哪些促销活动？</translation>
    </message>
    <message>
        <source>Which is cheaper, | or ?</source>
        <translation>|和 哪个更便宜？</translation>
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
        <source>sample</source>
        <translation>示例</translation>
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
        <source>ShopDesk works without a network; nothing leaves this machine.</source>
        <translation>ShopDesk 不需要网络，数据不会离开这台电脑。</translation>
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
</context>
<context>
    <name>ImportPage</name>
    <message>
        <source>Import</source>
        <translation>导入</translation>
    </message>
    <message>
        <source>Drop a table of products, policies, promotions or orders here: CSV, TSV, JSON or Markdown.</source>
        <translation>把商品、政策、促销或订单表格拖到这里：CSV、TSV、JSON 或 Markdown。</translation>
    </message>
    <message>
        <source>Choose a file…</source>
        <translation>选择文件…</translation>
    </message>
    <message>
        <source>What it is</source>
        <translation>文件内容</translation>
    </message>
    <message>
        <source>Rows are</source>
        <translation>资料类型</translation>
    </message>
    <message>
        <source>Encoding</source>
        <translation>编码</translation>
    </message>
    <message>
        <source>First rows, as they will be stored</source>
        <translation>前几行（保存后的样子）</translation>
    </message>
    <message>
        <source>No row of this file can be stored in this way.</source>
        <translation>按这种方式，文件中没有可以保存的行。</translation>
    </message>
    <message>
        <source>What will change</source>
        <translation>将要发生的变化</translation>
    </message>
    <message>
        <source>Earlier imports</source>
        <translation>以往的导入</translation>
    </message>
    <message>
        <source>Undo this import</source>
        <translation>撤销这次导入</translation>
    </message>
    <message>
        <source>Tables (*.csv *.tsv *.txt *.json *.jsonl *.md);;All files (*)</source>
        <translation>表格 (*.csv *.tsv *.txt *.json *.jsonl *.md);;所有文件 (*)</translation>
    </message>
    <message>
        <source>Choose a file to import</source>
        <translation>选择要导入的文件</translation>
    </message>
    <message>
        <source>The import was taken back; the rows are as before.</source>
        <translation>导入已撤销，资料恢复原样。</translation>
    </message>
    <message>
        <source>{n} rows read</source>
        <translation>读取了 {n} 行</translation>
    </message>
    <message>
        <source>Import {n} rows</source>
        <translation>导入 {n} 行</translation>
    </message>
    <message>
        <source>Done</source>
        <translation>已完成</translation>
    </message>
    <message>
        <source>The sample shop gives way: {n} of its rows go.</source>
        <translation>示例店铺让位：移除其中 {n} 条资料。</translation>
    </message>
    <message>
        <source>Nothing to do: the shop already has these rows.</source>
        <translation>无需导入：店里已有这些资料。</translation>
    </message>
    <message>
        <source>(not in the file)</source>
        <translation>（文件中没有）</translation>
    </message>
    <message>
        <source>Only the fields found</source>
        <translation>只看已匹配的字段</translation>
    </message>
    <message>
        <source>All fields</source>
        <translation>所有字段</translation>
    </message>
    <message>
        <source>new</source>
        <translation>新增</translation>
    </message>
    <message>
        <source>changed</source>
        <translation>更改</translation>
    </message>
    <message>
        <source>unchanged</source>
        <translation>未变</translation>
    </message>
    <message>
        <source>rejected</source>
        <translation>拒收</translation>
    </message>
    <message>
        <source>Line {line}, {field}: {reason}</source>
        <translation>第 {line} 行，{field}：{reason}</translation>
    </message>
    <message>
        <source>… and {n} more to look at</source>
        <translation>……另有 {n} 处需要留意</translation>
    </message>
    <message>
        <source>Undone</source>
        <translation>已撤销</translation>
    </message>
    <message>
        <source>Undo</source>
        <translation>撤销</translation>
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
    <name>Session</name>
    <message>
        <source>Not asked: another question came first.</source>
        <translation>没有提问：后面的问题先提出了。</translation>
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
        <source>Shop name</source>
        <translation>店名</translation>
    </message>
    <message>
        <source>As it stands over the conversation</source>
        <translation>显示在会话上方</translation>
    </message>
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
        <source>In use</source>
        <translation>使用中</translation>
    </message>
    <message>
        <source>Use</source>
        <translation>使用</translation>
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
        <source>Code</source>
        <translation>编号</translation>
    </message>
    <message>
        <source>Name</source>
        <translation>名称</translation>
    </message>
</context>
</TS>
