/* Every word that the page shows, by language. Reading age 9; the names of the app's buttons are those of ui/common/locales. */
'use strict';

const LANGUAGES = [
  {
    tag: 'en',
    name: 'English',
    direction: 'ltr',
    words: {
      title: 'You have an invitation',
      about:
        'A study asks you to keep a diary. Waymark is the app for it. You write on your own phone, in your own words.',
      private:
        'You choose what the study may read. What you keep private, nobody else can read. You can look at the study first and say no.',
      open: 'Open in Waymark',
      openMore: 'Your invitation goes straight into the app. This page keeps nothing and sends nothing.',
      getTitle: 'Waymark isn’t on your phone yet?',
      getHere: 'Get it here. Then open the link in your message again.',
      getAsk: 'Ask the people who invited you where to get it. Then open the link in your message again.',
      typeTitle: 'The button does nothing?',
      typeMore: 'Open Waymark yourself and tap “I have an invitation”. Then paste or type this:',
      copy: 'Copy it',
      copied: 'Copied. Now paste it in Waymark.',
      notCopied: 'This browser can’t copy. Press and hold the letters, then choose Copy. Or type them.',
      keep: 'This is for you alone. Whoever has it could join in your place, so don’t pass it on.',
      language: 'Language',
      noneTitle: 'Your invitation isn’t here',
      noneWhat: 'The link was opened without its last part, or this page was loaded again. Nothing is lost.',
      noneDo:
        'Go back to your message and tap the link there. If that brings you here again, copy the whole link and paste it in Waymark.',
      brokenTitle: 'Part of your invitation is missing',
      brokenWhat:
        'The link was cut short, or some of its letters changed. Some apps do that to long links. You have lost nothing.',
      brokenDo:
        'Go back to your message, copy the whole link, up to its last letter, and open that. If it doesn’t work, ask the people who invited you for a new one.',
    },
  },
  {
    tag: 'es',
    name: 'Español',
    direction: 'ltr',
    words: {
      title: 'Tienes una invitación',
      about:
        'Un estudio te pide que lleves un diario. Waymark es la aplicación para eso. Escribes en tu propio teléfono, con tus propias palabras.',
      private:
        'Tú eliges qué puede leer el estudio. Lo que dejas privado no lo puede leer nadie más. Puedes mirar primero el estudio y decir que no.',
      open: 'Abrir en Waymark',
      openMore: 'Tu invitación va directa a la aplicación. Esta página no guarda ni envía nada.',
      getTitle: '¿Aún no tienes Waymark en tu teléfono?',
      getHere: 'Consíguela aquí. Después abre otra vez el enlace de tu mensaje.',
      getAsk: 'Pregunta a quienes te invitaron dónde conseguirla. Después abre otra vez el enlace de tu mensaje.',
      typeTitle: '¿El botón no hace nada?',
      typeMore: 'Abre tú Waymark y toca «Tengo una invitación». Después pega o escribe esto:',
      copy: 'Copiar',
      copied: 'Copiado. Ahora pégalo en Waymark.',
      notCopied: 'Este navegador no puede copiar. Mantén el dedo sobre las letras y elige Copiar. O escríbelas.',
      keep: 'Esto es solo para ti. Quien lo tenga podría unirse en tu lugar, así que no lo pases a nadie.',
      language: 'Idioma',
      noneTitle: 'Tu invitación no está aquí',
      noneWhat: 'El enlace se abrió sin su última parte, o esta página se cargó otra vez. No se ha perdido nada.',
      noneDo:
        'Vuelve a tu mensaje y toca el enlace allí. Si llegas aquí otra vez, copia el enlace entero y pégalo en Waymark.',
      brokenTitle: 'Falta una parte de tu invitación',
      brokenWhat:
        'El enlace llegó cortado o con letras cambiadas. Hay aplicaciones que hacen eso con los enlaces largos. No has perdido nada.',
      brokenDo:
        'Vuelve a tu mensaje, copia el enlace entero, hasta la última letra, y abre ese. Si no funciona, pide otro a quienes te invitaron.',
    },
  },
  {
    tag: 'zh-Hans',
    name: '简体中文',
    direction: 'ltr',
    words: {
      title: '你收到了一份邀请',
      about: '一项研究请你写日记，Waymark 就是写日记的应用。你在自己的手机上，用自己的话来写。',
      private: '研究能看什么，由你决定。你不分享的内容，别人都看不到。你可以先了解这项研究，也可以不参加。',
      open: '在 Waymark 中打开',
      openMore: '你的邀请会直接进入应用。这个网页不保存，也不发送任何内容。',
      getTitle: '手机上还没有 Waymark？',
      getHere: '在这里获取，然后再打开一次消息里的链接。',
      getAsk: '请问邀请你的人在哪里获取，然后再打开一次消息里的链接。',
      typeTitle: '点按钮没有反应？',
      typeMore: '自己打开 Waymark，点“我有邀请”，再粘贴或输入这些字符：',
      copy: '复制',
      copied: '已复制。现在到 Waymark 里粘贴。',
      notCopied: '这个浏览器不能复制。请按住这些字符，再选“复制”，或者手动输入。',
      keep: '这只给你一个人。谁有了它，就可能代替你参加，所以不要转给别人。',
      language: '语言',
      noneTitle: '这里没有你的邀请',
      noneWhat: '打开链接时少了最后一部分，或者网页重新加载过。什么都没有丢。',
      noneDo: '回到你的消息，点里面的链接。如果又来到这里，就复制整个链接，粘贴到 Waymark 里。',
      brokenTitle: '你的邀请少了一部分',
      brokenWhat: '链接少了或错了几个字符。有些应用会截断长链接。什么都没有丢。',
      brokenDo: '回到你的消息，复制整个链接，一直到最后一个字符，再打开它。如果还是不行，请邀请你的人再给你一份。',
    },
  },
  {
    tag: 'ar',
    name: 'العربية',
    direction: 'rtl',
    words: {
      title: 'لديك دعوة',
      about: 'دراسة تدعوك إلى كتابة يوميات، وWaymark هو التطبيق المخصص لذلك. الكتابة على هاتفك أنت، وبكلماتك أنت.',
      private:
        'أنت وحدك من يقرر ما يجوز للدراسة أن تقرأه. وما يبقى خاصًا لا يقرؤه أحد غيرك. يمكنك أن تعرف الدراسة أولًا، وأن ترفض.',
      open: 'فتح الدعوة في Waymark',
      openMore: 'تذهب دعوتك إلى التطبيق مباشرة. هذه الصفحة لا تحفظ شيئًا ولا ترسل شيئًا.',
      getTitle: 'تطبيق Waymark ليس على هاتفك بعد؟',
      getHere: 'يمكنك الحصول عليه من هنا. وبعد ذلك يُفتح الرابط الذي في رسالتك مرة أخرى.',
      getAsk: 'من دعاك إلى الدراسة يعرف من أين تحصل عليه. وبعد ذلك يُفتح الرابط الذي في رسالتك مرة أخرى.',
      typeTitle: 'الزر لا يفعل شيئًا؟',
      typeMore: 'يُفتح تطبيق Waymark ويُختار فيه «لديّ دعوة»، ثم تُلصق هذه الحروف أو تُكتب:',
      copy: 'نسخ',
      copied: 'تم النسخ. والآن إلى اللصق في Waymark.',
      notCopied: 'هذا المتصفح لا يستطيع النسخ. يمكن الضغط مطولًا على الحروف ثم اختيار «نسخ»، أو كتابتها.',
      keep: 'هذه الحروف لك وحدك. من يحصل عليها قد ينضم مكانك، فلا تُعطَ لأحد.',
      language: 'اللغة',
      noneTitle: 'دعوتك ليست هنا',
      noneWhat: 'فُتح الرابط من دون جزئه الأخير، أو أُعيد تحميل هذه الصفحة. لم يضع شيء.',
      noneDo: 'الرابط موجود في رسالتك، ويكفي الضغط عليه هناك. وإن عادت هذه الصفحة، يُنسخ الرابط كاملًا ويُلصق في Waymark.',
      brokenTitle: 'جزء من دعوتك ناقص',
      brokenWhat: 'في الرابط حروف ناقصة أو مختلفة. بعض التطبيقات تقطع الروابط الطويلة. لم يضع شيء.',
      brokenDo:
        'الرابط موجود في رسالتك. يُنسخ كاملًا حتى آخر حرف، ثم يُفتح. وإن لم ينجح ذلك، يمكن لمن دعاك أن يعطيك رابطًا جديدًا.',
    },
  },
];
