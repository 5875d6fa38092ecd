"""How small talk sounds in Chinese and English: the words of each sort, and the soft ones that go with any.

All patterns are meant for one clause of folded text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Literal

from shopdesk.core.late import late

Talk = Literal["greeting", "thanks", "bye", "who", "ok"]
"""`who`: who are you, what can you do; `ok`: heard, agreed, nothing more for now."""

_HEARD = "好的|好嘞|好吧|好滴|好哒|好|行|可以|嗯|哦|噢|喔|ok|okay|okk|收到|知道|明白|了解|理解|懂|清楚|晓得|没问题|没事|对|是|成|得嘞|妥"
_HEARD_BESIDE = "这样|了|啦|的|咯|吧|呀|啊|哈|那|我|都|就|先|哟"
"""Words that say that something was heard, in any number and order, and the particles between them."""

_WAYS: Sequence[tuple[Talk, Sequence[str]]] = (
    (
        "who",
        (
            r"你(?:叫|是)(?:什么|啥|哪|谁|做|干).{0,6}|(?:你|您)?(?:是)?哪位|(?:自我|功能)介绍|你(?:有)?(?:啥|什么)?名字(?:是什么)?|来自哪里?|怎么(?:提问|叫你|跟你\w{0,3}|开始|操作)|(?:这|你)(?:个|是|东西|里)*(?:什么|啥|干嘛|干什么)(?:的)?(?:软件|程序|窗口|东西|系统|ai)?|人工(?:智能|客服)?|活人|chatgpt|大模型|软件|靠什么回答|本[领事]|(?:有)?(?:什么|啥)用|用法(?:是什么)?|如何(?:使用|提问)|操作(?:说明|手册)|(?:新手)?指南|教程|不会用|不知道怎么(?:用|问)|教教我?|教我怎么用|求助|(?:谈谈|说说|讲讲|介绍).{0,2}你(?:是谁|自己)?|什么是shopdesk|在跟人(?:说话|聊天)|(?:怎么|该怎么|如何)问$|(?:有)?哪些功能|帮(?:上|得上)什么忙",
            r"\b(?:tell|show) me (?:who you are|your name|what you (?:can )?do)|\b(?:what|which) (?:\w+ ){0,2}(?:sort|kind)s? of (?:bot|questions|things|stuff|assistant)(?: (?:are|do|can) (?:you|i)(?: \w+)?)?|\bwho(?:'s| is) (?:this|there)\b|\bwho do i have\b|^you are$|\bwhat (?:should|do|can|shall) (?:i|we) (?:call you|do here|type(?: here)?|say)|\b(?:do|have) you (?:have |got )?a name\b|\bwhich (?:assistant|bot|program) is this\b|\b(?:am i|are we) (?:talking|speaking|chatting) (?:to|with)(?: an?)?(?: real)? (?:person|human|bot|robot|machine|computer)|(?:就)?是你(?:吗|么)$|\b(?:talking|speaking|chatting) (?:to|with) an? (?:ai|bot|robot|machine|computer)\b|\bis (?:this|there|it) (?:a |an )?(?:real |actual )?(?:person|human|bot|robot|machine|computer|ai)\b|\bor (?:a |an )?(?:person|human|bot|robot|machine)\b",
            r"\bwhere are you from\b|\bhow old are you\b|\bwhere (?:does|do) (?:your|the) (?:data|answers|information) come from\b|\bwhat is it (?:that )?you (?:\w+ )?do\b|\bwhy are you here\b|\b(?:what|which) (?:questions|topics|things) (?:can|do|could|may|should) (?:i|you|we) (?:ask|understand|know|answer)\b|\bhow (?:do|should|can|to) (?:i |we |one )?(?:start|begin|ask|use)(?: (?:you|this|it))?(?: app| thing| program)?\b|\b(?:manual|instructions|user guide|guide|tutorial|tour)\b|\b(?:need|want|some|a little|any) help\b|\bcan you help(?: me)?(?: out)?\b|^help\b(?=$| please)|\bi'?m lost\b|\bnever used\b|\b(?:describe|explain) yourself\b|\bwhat(?:'s| is) (?:shopdesk|this(?: app| thing| program| for)?)\b|\bwhat are your (?:features|functions|abilities|skills)\b|\blist your (?:features|abilities)\b|^about you$|\bable to (?:do|look up|answer|help with)\b|\b(?:do|can) you (?:answer|understand)\b",
            r"你(?:是|叫|算)(?:个|的|不是)*(?:谁|什么|啥|哪|机器|真?人|ai|电脑|程序)[人家个里员]?(?:东西|玩意儿?)?|你(?:的)?名字|贵姓|怎么称呼(?:你|您)?|(?:介绍|说说|讲讲)(?:一?下)?(?:你|您)?自己",
            r"(?:你|您).{0,4}(?:会|能|可以|懂|知道)(?:够)?(?:帮|替)?(?:我们?|忙)?(?:干|做|回答|查|办)?(?:点|些)?(?:什么|啥|哪些|嘛)(?:事|问题|东西|忙)?|(?:能|可以)(?:问|查)(?:你|您)?(?:点|些)?(?:什么|啥|哪些)",
            r"怎么(?:使?用|问|玩)(?:你|您|这个?|它)?|(?:什么|啥|哪些)(?:功能|本事|用处)|使用(?:说明|方法|帮助)|^帮助|机器人|真人|人工智能|谁(?:做|开发|造|写|发明)(?:的|了|出)?(?:你|您)|你(?:从哪|哪里|几岁|多大)",
            r"\bwho (?:are|r) (?:you|u)\b|\bwhat are you\b|\bwhat(?:'s| is) your (?:name|job|purpose|role)\b|\byour name\b|\bwho am i (?:talking|speaking|chatting) (?:to|with)\b",
            r"\bare you (?:a |an |really |even |just |real |actual |live )*(?:bot|chatbot|robot|human|person|real|machine|ai|computer|program|alive)\b|\bwho (?:made|built|created|wrote|programmed) you\b",
            r"\bwhat (?:else )?(?:can|do|could) (?:you|u|this)(?: thing| app| program)? (?:do|know|answer|offer|look up|tell me|help(?: me)? with)\b|\bwhat (?:\w+ )?(?:can|could|should|may) i ask\b|\bwhat (?:sort|kind) of (?:things|questions)\b|\bwhat are you(?: (?:for|good at|able to do))?\b",
            r"\bhow (?:do|can|should|would) (?:i|we) (?:use|ask|talk to|work) (?:you|this|it)\b|\bhow does this (?:thing |app |program )?work\b|\bintroduce yourself\b|\babout yourself\b|^help(?: me)?$|\bhow can you help\b|\byour (?:features|functions|abilities)\b",
        ),
    ),
    (
        "bye",
        (
            r"(?:我)?先去.{1,5}(?:了|啦|咯)|(?:先|就|今天)*到(?:这|此)(?:里|为止)?|(?:我)?(?:先)?不(?:说|聊|打扰)了|(?:先|我|去)*(?<!大)忙(?:了|去了?|啦)|(?:^|(?<=[先我要得该去了]))(?:先|我|要|得|该|去)*(?:回家|回去|吃饭|午休|休息|睡觉?)(?:去|了|吃饭|啦)*|保重|(?<!送)不送(?!货|上|到)|好走|结束对话|^退出$|白白|撤退?(?:了|啦)?$|先撤|告退|(?:要|准备|该)?关(?:机|店)(?:了|啦)?|(?:我们|要|准备)?(?:打烊|关门|收摊|收工)(?:了|啦|回家)?$|准备下班|换班(?:了|啦)?|(?:明天|改[天日]|下次|有空|有缘|晚点|等?待?会儿?)(?:再)?(?:聊|来|见|问你?|找你|继续)|今天就?先?这样|^(?:那|我)?先这样|走了",
            r"\b(?:time to (?:close|go|leave)|(?:end of (?:my |the )?shift|(?:my |the )?shift(?: is|'s| ends?)?(?: over| now| done))|byebye|nighty?|sweet dreams|ttyl|gtg|brb later|ta-ta|au revoir|peace out|over and out|be well|speak (?:later|soon)|take it easy)\b|^cu$|^night$|(?<!to )\bsee you (?:next \w+|in the morning|then|around|soon|on \w+|at \w+)\b|\bi'?(?:m|ve|ll)? ?(?:got to|gotta|must|have to) (?:run|go|dash)\b|\bi(?:'m| am) (?:going(?: now)?|outta here|leaving|heading)\b|\b(?:off to|going on) (?:lunch|dinner|break|bed)\b|\bgoing (?:home|offline)\b|\b(?:shutting|closing) (?:down|up|time|for today|now)\b|\bwe(?:'re| are) closing\b|\blocking up\b|\blights out\b|\ball done\b(?=.*\bbye|$)|\benjoy your (?:\w+)\b|^(?:exit|quit)$",
            r"再见|再会|拜拜?(?=$|[了啦咯吧呀喽])|^8{2,3}6?$|[明后][天儿日]见|回头(?:见|聊)|回见|改[天日](?:见|聊|再)\w{0,2}|下(?:次|回)(?:见|聊|再)\w{0,2}|(?:待|等|一)会儿?见|周[一二三四五六日]见|晚安|后会有期|失陪|告辞|慢走",
            r"(?:先|我|该|要|得)(?:走|撤|闪|溜|回(?:家|去)|下)(?:了|啦|咯|喽|一步)|(?:走|撤|闪|溜)(?:了|啦|咯|喽)$|下线(?:了|啦)?|下班(?:了|啦|咯|喽)?$|交班(?:了|啦)?|收工(?:了|啦)?|打烊(?:了|啦)$|(?:聊|说|问)到这|今天就(?:到|这)\w{0,3}|祝(?:你|您).*",
            r"\b(?:bye+|bye-bye|goodbye|good ?night|nighty? night|farewell|cheerio|cya|ciao|toodle\w*|so long)\b|(?<!to )\bsee (?:you|ya|u)\b|\bcatch (?:you|ya|u)\b|\btalk (?:to you )?(?:later|soon|tomorrow|again)\b|\btake care\b",
            r"\bhave a (?:\w+ )?(?:good|nice|great|lovely|pleasant|wonderful) (?:one|day|evening|night|weekend|rest|shift|afternoon|time)\b|\bi(?:'m| am|ll|'ll)? (?:be )?(?:off|out|done|leaving|going home|heading \w+|clocking (?:off|out)|signing off|logging off)\b|\b(?:signing|logging|clocking|heading|knocking) (?:off|out|home)\b",
            r"\bthat(?:'s| is| will be|'ll be) (?:all|it|everything)\b|\b(?:gotta|got to|must|have to|need to|should) (?:go|run|dash|leave|be off|get going)\b|\b(?:until|till) (?:tomorrow|next time|then|later|monday)\b|^laters?$|\bcalling it a (?:day|night)\b|\bdone for (?:today|the day|now)\b",
        ),
    ),
    (
        "thanks",
        (
            r"(?:查|找|买)到了|省(?:了|心|事)(?:我)?(?:好多|不少)?(?:事|心)?|(?:帮忙|提醒|指点|支持|帮助)|感恩|好人一生平安|^(?:真|好|太|很|你|给你)*(?:棒|赞|牛|点赞|给力|聪明|贴心|靠谱|好用)+|[一满]百?分|^厉害|答得(?:真|很|好)?(?:快|好)|效率(?:真)?高|(?:真|太|挺|很)好用|真聪明|贴心|救(?:了我一命|急)|及时雨|(?:幸好|幸亏|多亏)(?:有)?你?|爱了|比心|作揖|鞠躬|抱拳|成交|(?:客人|顾客)(?:很)?(?:夸你|满意|高兴|买了)|添麻烦|谢主隆恩|蟹蟹|么么哒|可以啊你|万分",
            r"\b(?:that helped|thks|heaps|loads|for looking|found it|nicely done|good bot|clever you|so smart|useful|helpful|amazing|what a help|kudos|hats off|five stars|ten out of ten|made my day|works? perfectly|customer is happy|(?:he|she|they) bought it|god bless|many|big thanks|love it|you rock|couldn't (?:do|have done) it without you|that(?:'s| is) perfect|brilliant)\b",
            r"谢+|多谢|感谢|感激不?尽?|辛苦|麻烦(?:你|您|大家)?(?:了|啦|咯|哈)|劳驾|有劳|费心|帮(?:了|上)?(?:我|我们)?(?:个|了)?大忙(?:了|啦)?|帮(?:到|了)我?(?:们)?(?:了|大忙)|(?<![a-z0-9])3q(?![a-z0-9])|你(?:真|太|可真|好|最|很)(?:是)?(?:好|棒|厉害|行|贴心|能干|聪明)|太(?:好|棒|赞)了|(?:真|好|很|太)?(?:靠谱|给力)",
            r"\bthank\w*|\b(?:thx|tks|tyvm|ty|cheers|ta|merci)\b|\bappreciat\w+|\bgrateful\b|\bobliged\b|\byou(?:'re| are) (?:a |an |the |so |very |such )*(?:star|best|great|legend|lifesaver|life saver|gem|angel|awesome|brilliant|helpful|kind|help)\b|\blife ?saver\b|\bkind of you\b|\bowe you\b",
            r"\b(?:good|great|nice|lovely|excellent|top|super) (?:job|work|one|help)\b|\bwell done\b|\b(?:very|so|really|most|super) helpful\b|\bbig help\b|\bhelped (?:me )?(?:a lot|a ton|so much)\b|\bbless you\b",
        ),
    ),
    (
        "greeting",
        (
            r"(?:又)?见面了|初次见面|幸会|久仰|(?:多|请多)?(?:关照|指教)|拜托(?:了|你)?|开工(?:了|啦)?|(?:我)?(?:到|上)(?:店|岗)(?:了|啦)?|店开了|新的一天(?:开始)?|(?:中秋|国庆|元旦|端午|五一|圣诞|新春|春节|新年|节日|周末)(?:节)?快乐|(?:过年|同事|掌柜的?|老板|店小二|助手|小\w{1,2})好|恭喜发财|(?:又)?是我|我(?:又)?(?:回来|来)(?:了|啦)?|(?:来)?打个?招呼|^哟+|(?:你)?还好(?:吗|么)|(?:今天|最近)?(?:心情|过得|你还?)(?:怎么样|如何|好吗)|最近(?:怎么样|如何|好吗)|(?:在)?忙(?:吗|不忙|么)|[早午晚]安|咚咚咚?|敲敲门|报[到个]到?|打卡|(?:能)?听得?[到见](?:吗|么)|醒(?:醒|了)(?:没|吗)?|起床(?:了|没)(?:吗|没)?|有人没有?|还?在(?:线|不在)?(?:吗|么|嘛|不)|准备(?:营业|开门)|人呢|小(?:帮手|助手|助理|二|d)",
            r"\b(?:nice|good|lovely|pleased|great) to (?:meet|see) you(?: again)?\b|\bhow(?:\'s| is| are|\'re)? (?:ya|yer|you|u|things|everyone|everybody|we) (?:going|doing|keeping|getting on|diddling)\b|\bmornin\b|\bhullo\b|\bit'?s me(?: again)?\b|\bi'?m here\b|\b(?:starting|beginning) (?:my|the) (?:shift|day)\b|\bclocking in\b|\bopening up\b|\bwe(?:'re| are) open\b|\blet'?s (?:start|go|begin)\b|^ready\b|\bwake up\b|\bstill there\b|^ping$|^test(?:ing)?(?: test)*$|\bdo you (?:read|hear) me\b|\bhow(?:'s| is) your (?:day|morning|evening)(?: going)?\b|\bhow do you do\b|\bhow goes it\b|\byou all right\b|\ball well\b|\bwhat'?s happening\b|^welcome$|\b(?:merry|happy) (?:christmas|easter|new year|\w+day)\b|\bhola\b|\baloha\b|\bbonjour\b|\bfirst (?:day|shift)\b",
            r"[你您]们?好(?!\w*[吃看用])|哈[喽啰罗囉]|嗨+|嘿+|hello|在(?:吗|么|嘛|不在?|没)|有人(?:吗|么|嘛|在)?|^.{1,3}早(?=$)|^早(?:安|上好|啊|呀|哦|好|哇|$)|^早(?=\s)|(?:上午|中午|下午|傍晚|晚上|早上|早晨|周末|新年|节日)(?:好|快乐)|(?:大家|各位|伙计们?)(?:早|好)|^喂+|好久不见|吃了[吗么没嘛]|(?:最近|今天)(?:还好|好)(?:吗|么|嘛)?|(?:刚|来|开始)(?:接班|上班|上岗|到店|到岗)(?:了|啦)?|我(?:又)?来(?:了|啦)",
            r"\b(?:hello+|hi+|hiya|hey+|heya|hallo|yo|howdy|greetings|g'?day|gday|ahoy)\b|\bgood (?:morning|afternoon|evening|day)\b|^(?:morning|afternoon|evening)\b|\b(?:anyone|anybody|somebody) (?:there|here|home|around|in)\b|\b(?:are )?you (?:there|around|awake|online|ready)\b|\bhow(?:'s| is) (?:it going|everything|life|things)\b|\bhow (?:are|r) (?:you|u|things|we)\b|\bwhat's up\b|\bsup\b|\bwassup\b",
            r"\bnice to (?:meet|see) (?:you|ya)\b|\blong time no see\b|\bhappy (?:new year|holidays|monday|friday|christmas)\b|\bknock knock\b|\bi(?:'m| am) back\b|\bjust (?:started|starting|clocked|came|got) (?:in|on|my|here|work|the)\b(?: shift)?|\bfirst day\b",
        ),
    ),
    (
        "ok",
        (
            rf"^(?:(?:{_HEARD_BESIDE})\s*)*(?:(?:{_HEARD})\s*(?:(?:{_HEARD_BESIDE})\s*)*)+$",
            r"^(?:那|就|都|我|你|嗯|哦|暂时)*(?:好+(?:了|吧|的|呢)?|行+(?:了|吧|的)?|对+(?:的|了)?|嗯+呐?|恩+|额+|可|得|成吧?|(?:好的?|行|对|嗯|好吧|明白|收到|知道)(?:好的?|行|对|嗯|好吧|好了|明白|收到|知道)+(?:了)?|没(?:有)?(?:别的|其他|什么)?(?:事|问题)?(?:了)?|不(?:用|要|需要)(?:查|找|问|看)?了?|够(?:用)?了|算了吧?|当我没(?:问|说)|先放着|再说吧?|看情况|考虑(?:一?下)?|我(?:去|来)(?:拿|看|找|问|查)(?:一下)?|我(?:跟|和|去跟)(?:顾客|客人|他|她)(?:讲|说)(?:一下)?|理解(?:了)?|get了?|记(?:住|下)了|已阅|(?:是)?这样(?:啊|的)?|怪不得|是(?:吗|哦|呀)|真的(?:吗|啊|假的)?|正确|有道理|同意|不对|不好|[嘻哈呵嘿]+|笑死|好极了|okk+)$",
            r"^(?:i'?ll think about it|not (?:now|yet)|okie dokie|o\.k\.|all good(?: here)?|(?:we|i)(?:'re|'m| are| am) (?:all set|good|okay|ok|fine|done)|that'?s (?:enough|all)|correct|precisely|exactly|true|definitely|of course|yea|ya|m+h?m+|huh|well ok|as you say|i understand|ten four|negative|affirmative|(?:nah|no)?,? ?it'?s (?:ok|okay|nothing|fine)|no (?:need|more|further questions|,? ?nothing)|nothing(?: more| else)?(?: for now)?|(?:maybe|perhaps) later|let me ask \w+(?: \w+)?|i'?ll (?:go and look|get it|remember|tell .{1,15}|be right back)|point taken|i didn'?t know that|really|wow(?: ok)?|ha(?:ha)+|funny|sorry|my mistake|ignore (?:that|it)|forget about it|leave it|whatever|don'?t worry|doesn'?t matter|works for me|fine with me|suits me|deal|ok done|ready|just a (?:moment|sec\w*)|brb|neat|sweet)$",
            r"^(?:那|就|都|我|嗯|哦)*(?:好(?:的|嘞|吧|滴|哒|呀|啊|了|勒)?|行(?:吧|了|啊|的)?|可以(?:了|的|吧)?|嗯+|哦+|噢+|喔+|啊+|(?:我)?(?:知道|明白|懂|了解|清楚|收到|晓得|有数|记下)(?:了|啦|咯|的)?|没(?:事|问题|了|关系)(?:了|啦|的)?|不(?:用|需要|必)(?:了|啦)?|算了|对(?:的|了)?|是(?:的|啊)|没错|原来(?:如此|这样|是这样)|(?:先|就)?这样(?:啊|吧|子)?|成|中|妥(?:了)?|得嘞|没有(?:别的)?(?:了|啦)|我?(?:再)?(?:看看|想想)|稍等(?:一?下)?|等(?:等|一下)|不错|ok|okay)$",
            r"^(?:(?:ok(?:ay|ey|ie)?|k+|alright|all right|right(?:o|y)?|sure(?: thing)?|fine|cool|great|good|nice|perfect|lovely|super|got (?:it|that|you|ya)|gotcha|understood|understand|noted|i see|i get it|makes? sense|that makes sense|no problem|np|never ?mind|roger|copy that|will do|sounds (?:good|great|fine)|that(?:'s| is) (?:fine|ok|okay|good|great|clear|right)|that works|that'll do|fair enough|yep|yes|yeah|yup|no|nope|nah|no worries|clear|very well|let me (?:check|see|think)|one (?:moment|sec)|hold on|hm+|ah+|oh+|aha|good to know|wonderful|excellent|awesome|brilliant|i'll (?:tell|let) (?:him|her|them)(?: know)?|forget it)(?: |$))+(?:(?:then|now|so|and|well|thanks|mate|man) ?)*$",
        ),
    ),
)
STEMS: Sequence[tuple[Talk, re.Pattern[str]]] = [
    (sort, late("|".join(patterns), re.ASCII))
    for sort, patterns in _WAYS  # to \\b a Chinese character is no letter
]
"""How each sort sounds, the one that decides before those that may stand beside it: "thanks, bye" takes leave."""
SOFT = late(
    r"非常|万分|各位|到底|究竟|一切|其实|是不是|请问?|一百个|特别|十分|真是|真的|实在|一下|一声|大家|伙计|老板|亲|哥|姐|师傅|小助手|助手|同学|[了啊呀哦呢吧嘛啦哈咯喽哟嘞滴的我你您那这就先都也很太真好是在又可给跟和么吗呗]"
    r"|\b(?:a|an|the|so|very|much|lot|lots|bunch|million|ton|tons|ever|again|there|mate|team|all|everyone|everybody|folks|then|now|for|to|you|ya|u|your|help|helping|today|tonight|tomorrow|later|soon|this|that|it|and|i|i'm|am|me|my|we|really|buddy|pal|man|guys|dear|sir|madam|friend|shopdesk|assistant|well|oh|ah|just|with|of|kindly|be|is|was|that's|it's|one|day|great|good|ok|okay|off|home|shift|from|everything|time|next|please|do|on|bot|exactly|some|that's|what|new|alright|no|now|we|he|she|customer|robot|computer|darling|love|everything|friends|boss|in|at|here|or)\b",
    re.ASCII,
)
"""Words that go with small talk and ask nothing."""
