"""Small talk at a counter: what people say of each sort, alone and with chatter around it, and what Counter answers.

The last way of each sort is held out: it serves for examination only and is never trained on.
"""

from __future__ import annotations

from shopdesk.core.small_talk import Talk
from shopdesk.core.types import Language
from tools.counter.phrases import Group

_SAID: dict[Language, dict[Talk, str]] = {
    "zh": {
        "greeting": (
            "你好|您好|嗨|在吗|早上好|哈喽|你好啊|晚上好|早|早啊|早安|hello|Hi|在不在|有人吗|中午好|下午好|大家好|"
            "喂|嗨嗨|你好呀小助手|您好，打扰一下|你好，在线吗|老板好|新年好|在的吗|开工啦，早|嘿|又见面了|"
            "我来上班了|您好在不在|早上好呀|早上好，准备营业了|哈罗|哈啰啊|您好呀|各位好|你们好|同事好|亲，在吗|"
            "亲，你好|在么|在不|人呢|有人没有|有人在吗|还在吗|你还在吗|能听到吗|听得见吗|醒醒|醒了没|起床了吗|"
            "开始上班啦|上岗了|到岗|我到店了|店开了|新的一天开始了|周一好|周末好|节日快乐|中秋快乐|恭喜发财|"
            "过年好|好久不见|又是我|我又来了|我回来了|你好，我是新来的|初次见面|初次见面，请多关照|幸会|打个招呼|"
            "来打个招呼|嘿嘿|嘿，伙计|嗨，老朋友|哟|哟，早|吃了吗|吃饭了没|最近好吗|最近怎么样|你还好吗|"
            "今天过得怎么样|今天心情怎么样|忙不忙|在忙吗|下午茶时间到|午安|晚好|傍晚好|上午好|上午好呀|"
            "大早上的你好|你好，小帮手|你好，店小二|小二在吗|掌柜的好|助手你好|机器人你好|机器人在吗|小助理早|"
            "小D你好|ShopDesk你好|你好 ShopDesk|hi 你好|hello 在吗|哈喽哈喽|嗨喽|喂喂|喂，你好|敲敲门|咚咚咚|"
            "我上线了|报到|报个到|打卡|今天也请多关照|今天也拜托了|请多指教|久仰|下午好呀"
        ),
        "thanks": (
            "谢谢|多谢|谢谢你|好的谢谢|太感谢了|辛苦了|谢啦|谢了|感谢|非常感谢|多谢帮忙|谢谢，知道了|太好了谢谢|"
            "帮大忙了|麻烦你了|有劳|谢谢啊|谢谢您|3q|thx|真是谢谢|你真好|你真棒|厉害，谢谢|谢谢，查到了|"
            "好，谢谢您|万分感谢|多亏你|省了我好多事，谢谢|太给力了|谢谢啦|谢咯|谢谢哈|谢谢哦|谢谢小助手|谢谢亲|"
            "多谢多谢|多谢你了|感激不尽|十分感谢|非常感谢你|太谢谢了|真的谢谢|谢谢你的帮助|谢谢帮忙|谢谢支持|"
            "谢谢提醒|谢谢指点|感恩|感谢有你|好人一生平安|你太棒了|你好棒|棒棒的|真棒|太棒了|赞|点赞|给你点赞|"
            "给个赞|一百分|满分|厉害|厉害了|牛|太牛了|可以啊你|不错不错|不错哦|答得好|答得真快|真快啊|效率真高|"
            "好用|真好用|太好用了|挺好用的|你真聪明|真聪明|真贴心|贴心|靠谱|真靠谱|还是你靠谱|省心|帮上忙了|"
            "帮大忙啦|解决问题了|救了我一命|救急了|及时雨|幸亏有你|幸好有你|有你真好|爱了爱了|么么哒|比心|拱手|"
            "作揖|鞠躬|抱拳了|谢谢，客人买了|成交了，谢谢|顾客说谢谢|客人夸你|领教了，多谢|费心了|让你费心了|"
            "给你添麻烦了|麻烦您了|劳驾了|受累了|您辛苦|你辛苦了|谢主隆恩|thank you|thanks|三克油|蟹蟹|栓Q|"
            "感谢感谢"
        ),
        "bye": (
            "再见|拜拜|下次见|我走了|先这样吧|bye|拜|88|明天见|下班了|收工了|先下了|走了走了|今天就到这|晚安|"
            "不聊了|回见|我下班啦|关门了，再见|改天再问|就这样，再见|我先去忙了|再会|再见啦|再见咯|拜拜啦|"
            "拜拜了您|拜了|拜喽|先拜拜|白白|886|溜了|溜了溜了|闪了|撤了|撤退|先撤了|我先撤|走啦|我走啦|我先走了|"
            "先走一步|告辞|告退|失陪了|先失陪|我下线了|下线了|关机了|要关机了|准备关店|打烊了|打烊啦|我们打烊了|"
            "收摊了|收摊回家|收工|收工啦|下班啦|下班咯|下班时间到|准备下班|回家了|回家吃饭|回去了|我回去啦|换班了|"
            "换班啦|交接完了，走了|明天再聊|明天继续|明儿见|后天见|周一见|下周见|下回见|下次再聊|下次再问你|"
            "改天见|改日再聊|有空再聊|有缘再见|后会有期|一会儿见|待会见|待会儿再来|等会儿再找你|晚点再来|晚安啦|"
            "晚安，明天见|好梦|睡了|去睡了|今天先到这|今天到此为止|今天就这样吧|到这里吧|就到这里|就聊到这|不说了|"
            "不说了，来客人了|先不说了|先忙了|去忙了|我去忙啦|去吃饭了|吃饭去|午休去了|祝你愉快|保重|慢走|不送|"
            "好走不送|休息了|你也休息吧|结束对话|退出|回头见"
        ),
        "who": (
            "你是谁|你叫什么|你能做什么|你会什么|怎么用|你是什么|你是机器人吗|你是真人吗|你能帮我什么|有什么功能|"
            "我可以问你什么|怎么问你|你叫什么名字|这个怎么使用|你是干嘛的|使用说明|帮助|你都会查什么|说说你自己|"
            "你有什么用|怎么提问|能问哪些问题|这是什么软件|教我怎么用|你是AI吗|你是谁做的|自我介绍一下|"
            "你是什么东西|你是啥|你是哪位|哪位|请问你是|请问您是哪位|您贵姓|怎么称呼|怎么称呼你|该怎么叫你|"
            "你的名字|你的名字是什么|叫啥名|你有名字吗|你几岁了|你多大了|你从哪来|你来自哪里|谁开发的你|"
            "谁发明了你|谁把你做出来的|你是哪家公司的|你背后是谁|你是人工智能吗|你是人工吗|是人工客服吗|"
            "是机器回复吗|我在跟人说话吗|你是真的人吗|你是活人吗|你是程序吗|你是软件吗|你是大模型吗|你是ChatGPT吗|"
            "你是不是AI|你靠什么回答|你的数据从哪来|你懂什么|你懂些什么|你知道些什么|你都知道什么|你都会啥|"
            "你会干啥|你会干什么|你能干啥|你能干嘛|你能干什么|你可以做什么|你可以帮我做什么|你能帮上什么忙|"
            "你有什么本事|你有啥本领|有什么用|有啥用|有啥功能|功能介绍|功能有哪些|有哪些功能|介绍下功能|能查什么|"
            "能查些什么|可以查什么|可以查哪些东西|能问什么|能问些什么|可以问啥|该问什么|我该怎么问|要怎么问你|"
            "怎么跟你说话|怎么操作|如何使用|如何操作|使用方法|用法|用法是什么|说明书|操作说明|操作指南|新手指南|"
            "新手怎么用|不会用|我不会用|不知道怎么用|第一次用，怎么弄|教教我|教一下我|求助|需要帮助|help|介绍一下|"
            "自我介绍|做个自我介绍|说说你是谁|讲讲你自己|谈谈你自己|这是啥|这是什么|这是干什么的|这东西干嘛的|"
            "这软件有什么用|这个窗口是什么|ShopDesk是什么|什么是ShopDesk|介绍一下你自己"
        ),
        "ok": (
            "好的|知道了|嗯|明白|可以|没事了|好|行|嗯嗯|ok|OK|哦|哦哦|收到|了解|懂了|明白了|没问题|好吧|那行|"
            "没别的了|就这些|没有了|不用了|可以了|是的|对|好嘞|得|成|嗯好|这样啊|原来如此|行，我知道了|我再想想|"
            "先看看|不需要了|哈哈|好滴|好哒|好呢|好呀|好啊|好的好的|好好好|好了|好了好了|行行行|行了|行啊|中|妥|"
            "妥了|妥妥的|得嘞|得了|成吧|成交|可以的|可以可以|可|没毛病|没事|没事儿|没关系|不要紧|不必了|不用啦|"
            "不用查了|不需要|不要了|暂时不用|暂时没有了|暂时没有别的|没别的事|没别的问题|没有其他问题|没问题了|"
            "没有问题了|没啥了|没了|问完了|够了|足够了|够用了|算了|算了吧|当我没说|当我没问|忽略吧|先放着|"
            "回头再说|再说吧|再看吧|看情况|我考虑考虑|考虑一下|让我想想|我想想|我问问客人|我跟顾客讲一下|"
            "我再确认一下|我去拿|我去看一下|我看看|我知道啦|知道啦|晓得了|晓得|清楚|清楚了|清楚明白|明白明白|明了|"
            "懂|懂了懂了|了解了|了解了解|理解|理解了|get|get到了|收到收到|收到啦|记住了|记下了|已阅|朕知道了|嗯呐|"
            "嗯哼|嗯，好|嗯，行|恩|恩恩|额|呃|噢|噢噢|喔|哦，好|哦，这样|哦，是吗|啊，这样|这样子啊|是这样啊|"
            "原来是这样|怪不得|难怪|是吗|真的吗|真的啊|对的|对对|没错|正确|是|是哦|确实|有道理|同意|赞成|不是|"
            "不对|不行|不好|呵呵|嘻嘻|哈哈哈|笑死|无语|好吧好吧|那好吧|那算了|那就好|那就行|太好了|好极了|棒|nice|"
            "okok|okk|okay|yes|no|行吧"
        ),
    },
    "en": {
        "greeting": (
            "hello|hi|Hi there|good morning|hey|Hello!|Hey there|good afternoon|good evening|morning|hiya|howdy|"
            "yo|greetings|hello again|anyone there?|are you there|hi shopdesk|hello there, how are you|"
            "hey, good day|evening|good day|what's up|hi, just starting my shift|nice to see you|how are you|"
            "happy new year|morning all|morning everyone|good morning everyone|good morning to you|"
            "top of the morning|mornin|g'day|good day to you|afternoon|afternoon all|good afternoon everyone|"
            "hullo|hallo|hi hi|hey hey|heya|hey you|hi all|hi everybody|hello everyone|hello world|hello friend|"
            "hi friend|hi buddy|hey mate|hello mate|hi helper|hello assistant|hi assistant|hey robot|hello robot|"
            "hi bot|hello computer|hey shopdesk|good morning shopdesk|hello my friend|hi, it's me|it's me again|"
            "me again|I'm back|back again|I'm here|reporting for duty|starting my shift|shift starts now|"
            "clocking in|just clocked in|opening up|shop's open|we're open|ready to start|let's start|"
            "let's get started|ready?|are you ready|you ready|are you awake|wake up|you up?|you there?|you there|"
            "still there?|are you still there|hello, anybody home|anybody there|anybody home|is anyone around|"
            "is anybody there|knock knock|ping|testing|test test|can you hear me|do you read me|how's it going|"
            "how's life|how's your day|how is your day going|how have you been|how do you do|how are things|"
            "how are you today|how are you doing|how goes it|you alright?|you all right|everything good?|"
            "all well?|what's new|what's happening|sup|wassup|nice to meet you|pleased to meet you|"
            "good to see you|good to see you again|long time no see|welcome|welcome back|merry christmas|"
            "happy holidays|happy easter|happy monday|happy friday|salutations|hola|bonjour|aloha|"
            "good evening everyone|evening all|hi, I'm new here|hello, first day here|first day on the job, hi|"
            "good evening to you"
        ),
        "thanks": (
            "thanks|thank you|Thanks a lot|cheers|thank you very much|thx|ty|thanks so much|great, thanks|"
            "perfect, thank you|much appreciated|appreciate it|that helped, thanks|awesome thanks|"
            "brilliant, cheers|you're a star|you are great|thanks for your help|lovely, thank you|"
            "that's all I needed, thanks|nice one|super, thanks|well done|good job|thank you kindly|you saved me|"
            "bless you|thank u|thank you!|thankyou|thanks!|thnx|thks|tks|tyvm|thanks mate|thanks a bunch|"
            "thanks a million|thanks heaps|thanks a ton|thanks loads|thanks buddy|thanks friend|thanks again|"
            "thank you again|thanks for that|thanks for the help|thanks for the info|thanks for looking|"
            "thanks for checking|thanks for your time|thank you for your help|thank you for that|"
            "thank you, that helps|thanks, that's useful|thanks, that's great|thanks, found it|thanks, got it|"
            "ok thanks|okay thank you|alright thanks|cool thanks|cool, cheers|great, thank you|great job|"
            "great work|good work|good answer|nice work|nice job|nicely done|well played|good one|good stuff|"
            "good bot|clever|clever you|smart|so smart|you're smart|you're so helpful|you are so helpful|"
            "you're very helpful|very helpful|that was helpful|helpful|so helpful|so useful|useful, thanks|"
            "that's helpful|that's perfect|that's brilliant|that's great, thanks|brilliant|excellent|"
            "excellent work|amazing|amazing, thanks|you're amazing|you are amazing|you're the best|"
            "you are the best|you're awesome|you're brilliant|you're a legend|you're a lifesaver|lifesaver|legend|"
            "what a help|what would I do without you|I couldn't do it without you|I owe you one|I owe you|"
            "I'm grateful|so grateful|grateful|much obliged|obliged|I appreciate that|really appreciate it|"
            "we appreciate it|appreciated|ta|ta love|kudos|props|hats off|bravo|five stars|top marks|"
            "ten out of ten|you made my day|made my day|that did the trick|works perfectly, thanks|"
            "the customer says thanks|customer is happy, thank you|she loved it, thanks|he bought it, thanks|"
            "sold it, thank you|merci|gracias|god bless|thanks in advance|big thanks|a thousand thanks|love it|"
            "love you|many thanks"
        ),
        "bye": (
            "bye|goodbye|see you|good night|that's all, bye|bye bye|see you tomorrow|see ya|cya|later|talk later|"
            "I'm off|I'm done for today|closing up now, bye|have a good one|catch you later|take care|"
            "until next time|so long|off home now|time to close|signing off|my shift is over|bye now|bye for now|"
            "bye then|bye all|bye everyone|byebye|buh bye|ok bye|okay, bye|alright, bye|thanks, bye|"
            "thanks and bye|goodbye then|good bye|goodbye for now|good night all|goodnight|night|night night|"
            "nighty night|sleep well|sweet dreams|see you later|see you soon|see you around|see you again|"
            "see you next time|see you next week|see you on monday|see you in the morning|see u|see ya later|"
            "see ya tomorrow|cu|cul8r|ttyl|ttfn|gtg|g2g|got to go|gotta go|gotta run|I have to go|I need to go|"
            "I must go|I've got to run|I should go|I'm going|I'm going home|I'm going now|I'm leaving|"
            "I'm leaving now|I am leaving|I'm out|I'm out of here|I'm outta here|I'm heading out|heading out|"
            "heading home|heading off|off I go|off to lunch|off to bed|going home|going to lunch|going on break|"
            "on my break now|going offline|logging off|logging out|log off|shutting down|shutting the shop|"
            "closing time|closing the shop|closing for today|we're closed|we are closing|shop is closed|"
            "locking up|locking up now|lights out|clocking out|clocking off|end of shift|end of my shift|"
            "my shift is done|done for the day|done for today|that's it for today|that's all for today|"
            "that's all for now, bye|finished for today|all done, bye|all done for now|until tomorrow|until later|"
            "until then|till tomorrow|till next time|tomorrow then|talk soon|talk to you later|"
            "talk to you tomorrow|speak soon|speak later|catch you tomorrow|catch ya|cheerio|ciao|adios|au revoir|"
            "toodles|ta-ta|tata|peace out|peace|over and out|take it easy|be well|stay safe|have a nice day|"
            "have a great day|have a good evening|have a good night|have a nice weekend|enjoy your evening|"
            "enjoy your weekend|rest well|exit|quit|farewell"
        ),
        "who": (
            "who are you|what can you do|what's your name|help|how do I use this|what is this|are you a robot|"
            "are you human|are you a person|what can I ask|what can I ask you|how does this work|what do you know|"
            "tell me about yourself|introduce yourself|your name?|what are you for|how can you help|"
            "what sort of questions do you answer|do you have a name|who made you|is this an AI|instructions|"
            "how do I ask you something|what are you able to look up|who is this|who's this|who am I talking to|"
            "who am I speaking with|who am I chatting with|who do I have here|and you are?|you are?|"
            "what do I call you|what should I call you|what are you called|do you have a name?|"
            "may I have your name|tell me your name|say your name|which assistant is this|"
            "what kind of assistant are you|what sort of bot are you|are you a bot|are you a bot or a person|"
            "are you a machine|are you a computer|are you a program|are you real|are you a real person|"
            "am I talking to a person|am I talking to a human|is this a real person|is this a bot|"
            "is there a human|are you alive|are you an AI|are you chatgpt|are you AI|are you some kind of robot|"
            "who built you|who created you|who wrote you|who owns you|who programmed you|who trained you|"
            "where are you from|where do you come from|how old are you|where do you get your answers|"
            "where does your data come from|how do you know all this|what do you do|what do you do here|"
            "what is it you do|what do you actually do|what's your job|what is your job|what's your purpose|"
            "what is your purpose|why are you here|what are you good at|what are you good for|"
            "what are you made for|what can you do for me|what can you help with|what can you help me with|"
            "what can you tell me|what can you look up|what can I use you for|what can I do here|"
            "what can I do with this|what can I type here|what may I ask|what should I ask|what do I ask|"
            "what do I type|what do I do|which questions can I ask|which things can you answer|"
            "what questions do you understand|what kind of things do you know|what topics do you know|"
            "how do you work|how does this thing work|how do I use you|how do I use this app|how do I work this|"
            "how do I start|how do I begin|how should I ask|how to use|how to use this|usage|manual|user manual|"
            "user guide|guide|tutorial|show me how|show me what you can do|show me around|give me a tour|"
            "I need help|I need some help|help me|help please|can you help|can you help me|could you help me|"
            "can you help me out|I don't know how to use this|I'm lost|never used this before|"
            "I've never used this|explain yourself|describe yourself|say something about yourself|"
            "tell me who you are|tell me what you do|tell me what you can do|what is shopdesk|what's shopdesk|"
            "what does shopdesk do|what's this|what's this thing|what is this app|what is this for|"
            "what's this for|features|what are your features|capabilities|list your abilities|abilities|about you|"
            "about|what are you"
        ),
        "ok": (
            "ok|okay|I see|got it|fine|alright|all right|sure|understood|right|cool|great|good|nice|no|yes|yep|"
            "nope|no thanks|nothing else|that's all|never mind|nevermind|it's fine|makes sense|noted|good to know|"
            "hmm|ah ok|oh I see|I'll think about it|roger|will do|fair enough|not now|okay then|sounds good|k|kk|"
            "kay|okey|okie|okie dokie|oki|ok ok|ok then|ok cool|ok great|ok good|ok fine|ok got it|ok understood|"
            "ok I see|okay cool|okay great|okay good|okay got it|okay, I understand|o.k.|all good|all good here|"
            "all set|we're all set|I'm all set|I'm good|I'm fine|I'm okay|we're good|we're fine|good enough|"
            "that's good|that's fine|that's okay|that's alright|that's enough|that will do|that'll do|"
            "that's what I thought|that's right|that's correct|correct|exactly|precisely|indeed|true|absolutely|"
            "definitely|certainly|of course|sure thing|sure, ok|surely|yeah|yeah ok|yea|yup|ya|uh huh|mhm|mm|mmm|"
            "hm|huh|ah|aha|ah, I see|oh|oh ok|oh okay|oh right|oh well|oh good|right then|right, ok|righto|"
            "rightyo|very well|very good|very well then|well then|well ok|so be it|as you say|if you say so|"
            "I understand|I understand now|I get it|I got it|got that|copy|copy that|roger that|ten four|"
            "affirmative|negative|nah|nah, it's ok|no worries|no problem|no need|no need, thanks|no matter|"
            "no more|no more questions|no further questions|no that's all|no, nothing|nothing|nothing more|"
            "nothing more for now|nothing for now|not right now|not yet|maybe|maybe later|perhaps|perhaps later|"
            "we'll see|let me think|let me think about it|let me see|let me check with her|"
            "let me ask the customer|I'll ask the customer|I'll tell the customer|I'll let him know|"
            "I'll let them know|I'll pass it on|I'll go and look|I'll check|I'll get it|I'll write it down|"
            "I'll remember|noted, ok|point taken|interesting|I didn't know that|really|really?|wow|wow ok|lol|"
            "haha|hahaha|funny|oops|sorry|my bad|my mistake|sorry, wrong window|ignore that|forget it|"
            "forget about it|skip it|leave it|drop it|whatever|never mind then|don't worry|don't bother|"
            "doesn't matter|it doesn't matter|it's nothing|it's ok|it's okay|it's alright|works for me|fine by me|"
            "fine with me|fine then|suits me|agreed|deal|done|ok done|finished|ready|wait|hold on|one moment|"
            "one sec|just a sec|just a moment|give me a minute|brb|great stuff|lovely|perfect|neat|super|"
            "wonderful|fantastic|good good|splendid|sweet|awesome|alright then"
        ),
    },
}  # fmt: skip

_ANSWERS: dict[Language, dict[Talk, str]] = {
    "zh": {
        "greeting": "您好！请问想查哪件商品，或者哪条规定？",
        "thanks": "不客气，还有别的要查吗？",
        "bye": "再见，祝您一天顺利。",
        "who": "我是 ShopDesk，按店里的资料回答价格、库存、货位、规定和订单的问题。",
        "ok": "好的，随时可以再问。",
    },
    "en": {
        "greeting": "Hello! Which product or rule may I look up for you?",
        "thanks": "You're welcome. Anything else to look up?",
        "bye": "Goodbye, have a good day.",
        "who": "I am ShopDesk. I answer questions about prices, stock, locations, rules and orders "
        "from the shop's data.",
        "ok": "All right, just ask again any time.",
    },
}

SMALL_TALK: dict[Language, dict[Talk, Group]] = {
    language: {sort: Group(tuple(said.split("|")), (_ANSWERS[language][sort],)) for sort, said in sorts.items()}
    for language, sorts in _SAID.items()
}

# what people say before it, and after it
CHATTER: dict[Language, dict[Talk, tuple[tuple[str, ...], tuple[str, ...]]]] = {
    "zh": {
        "greeting": (
            (
                "哎", "诶", "嗨", "哈喽", "忙吗", "那个", "不好意思",
            ),
            (
                "今天人真多", "我是新来的", "今天值班", "刚开门", "又要麻烦你了", "今天天气不错", "外面下雨了",
                "准备开工", "有空吗", "我来了",
            ),
        ),
        "thanks": (
            (
                "好的", "行", "嗯嗯", "太好了", "知道了", "查到了", "明白了", "这下清楚了", "哇", "可以", "收到",
                "真快",
            ),
            (
                "帮了大忙", "辛苦啦", "你真快", "省事多了", "客人很满意", "回答得很清楚", "正是我要的", "爱你",
                "下次还找你", "解决了",
            ),
        ),
        "bye": (
            (
                "好的", "谢谢", "行", "那就这样", "没别的事了", "知道了", "多谢", "客人走了", "忙完了",
                "时间到了", "不早了",
            ),
            (
                "我去忙了", "明天再来", "回家了", "有事再找你", "先关机了", "吃饭去了", "交班了", "祝好",
                "辛苦了", "下回聊",
            ),
        ),
        "who": (
            (
                "你好", "请问", "话说", "对了", "问一下", "第一次用", "我想知道", "嗨",
            ),
            (
                "能说说吗", "我不太会用", "老板让我试试", "简单讲讲", "我是新员工", "给我介绍介绍",
            ),
        ),
        "ok": (
            (
                "嗯", "哦", "这样", "那", "啊", "行", "对",
            ),
            (
                "就按这个来", "我跟客人说", "我去看看", "不用查了", "先这样", "我记下了", "没有问题",
            ),
        ),
    },
    "en": {
        "greeting": (
            (
                "well", "oh", "excuse me", "right", "so", "ah", "hey",
            ),
            (
                "it's busy today", "I'm new here", "just opened up", "me again", "lovely weather",
                "hope you're well", "ready when you are", "long time no see", "rainy day", "my first day",
            ),
        ),
        "thanks": (
            (
                "great", "okay", "perfect", "got it", "oh", "right", "wow", "found it", "all good",
                "that was quick", "yes",
            ),
            (
                "that helps a lot", "you're quick", "the customer is happy", "just what I needed",
                "saved me a walk", "really useful", "you rock", "that sorted it", "problem solved", "very kind",
            ),
        ),
        "bye": (
            (
                "okay", "thanks", "right", "well", "all done", "that's it", "cheers", "it's late",
                "shop's closed", "anyway",
            ),
            (
                "heading home", "back tomorrow", "talk soon", "time for lunch", "have a nice evening",
                "my shift ends", "need to go", "locking up", "until Monday", "enjoy the rest of the day",
            ),
        ),
        "who": (
            (
                "hi", "hello", "so", "sorry", "just wondering", "by the way", "I'm new", "first time here",
            ),
            (
                "in short", "I have no idea", "my boss told me to try", "please", "if I may ask",
                "I just started",
            ),
        ),
        "ok": (
            (
                "oh", "ah", "well", "hmm", "yes", "so", "um",
            ),
            (
                "I'll tell her", "let me check", "that works", "no need to look", "I've noted it", "we're good",
                "leave it",
            ),
        ),
    },
}  # fmt: skip
