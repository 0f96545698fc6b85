//! Small lists of words that rules ask for, folded.

/// A list that a word can be on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// Before a name, with or without a full stop.
    Titles,
    /// Before a name, also before one in small letters.
    CloseTitles,
    /// What says that a name follows.
    Naming,
    /// After `name`: `her name is Grace`.
    Copulas,
    /// After a capital these make a thing or a place of it.
    Institutions,
    /// Surnames as well: after a given name they are one.
    InstitutionsOrSurnames,
    /// Before a place.
    PlaceBefore,
    /// Before the places that one goes to.
    Directions,
    /// Going somewhere.
    Motion,
    /// One is called names at, and laughed at.
    AtSomeone,
    /// Before a thing.
    Articles,
    /// Inside a name, small.
    Particles,
    /// Between a name and its verb.
    Between,
    /// What people do with their mouths and hands.
    Speaking,
    /// What people do; weather and dinners do some of it too.
    Personal,
    /// What people have.
    Belongings,
    /// Small German words that English does not have; nouns have capitals where they stand.
    German,
    /// Small English words that German does not have.
    English,
    /// What makes a phone number of digits that could be anything.
    PhoneWords,
    /// Behind amounts.
    Units,
    /// Near a date of birth.
    BirthWords,
    /// Behind the name of a street: `Mill Lane`.
    StreetBehind,
    /// Behind one in small letters too.
    StreetBehindSmall,
    /// Before the name of a street: `rue de Rivoli`.
    StreetBefore,
    /// Before the number of a door.
    Flats,
    /// Behind the number of days that somebody lay flat.
    Counted,
    /// What a name is called.
    NameWords,
    /// The months, as [`MONTHS`] has them.
    Months,
}

/// The words of each list.
pub(super) const LISTS: &[(List, &str)] = &[
    (
        List::Titles,
        "mr mrs ms miss mx dr doctor prof professor sir dame rev reverend father sister brother auntie aunty aunt \
        uncle granny gran grandma nana papa sergeant sgt constable officer judge sheriff nurse pastor imam \
        sheikh haji councillor senor senora sr sra don dona herr frau monsieur madame mme mlle pan pani signor \
        signora السيد السيدة الدكتور الدكتورة دكتور دكتورة الأستاذ الأستاذة господин госпожа пан пані κύριος \
        κυρία κύριο",
    ),
    (List::CloseTitles, "mr mrs ms"),
    (
        List::Naming,
        "called named nicknamed llamado llamada llamo llama appelle nomme nommee prenomme namens heisst heißt \
        nazywa imieniem imie اسمه اسمها اسمي يدعى تدعى зовут звати λένε ονόματι",
    ),
    (List::Copulas, "is was s es est ist"),
    (
        List::Institutions,
        "street road avenue lane drive close crescent terrace gardens square place quadrant wynd hospital \
        infirmary clinic surgery pharmacy centre center council community society trust foundation house hostel \
        hotel prison jail chapel mosque temple synagogue college university academy school library station \
        airport army project association bank arms inn bar cafe club fc united rovers city issue credit service \
        services unit day act building tower towers estate mission fund team festival week awareness shopping \
        valley river loch bay island beach",
    ),
    (List::InstitutionsOrSurnames, "court park hall ward green cross bridge hill church"),
    (
        List::PlaceBefore,
        "in en at near around across outside inside into towards through behind via beside st saint loch lake \
        mount port fort river isle glen ben",
    ),
    (List::Directions, "to from"),
    (
        List::Motion,
        "go goes going went gone back move moves moved moving come came walk walked walking drive drove driving \
        travel travelled bus train ferry coach flew fly return returned get got run ran transferred evicted way \
        taxi",
    ),
    (
        List::AtSomeone,
        "shouted shout shouting laughed laugh laughing smiled smile smiling looked look looking angry mad annoyed \
        screamed swore sworn waved pointed stared yelled yelling furious",
    ),
    (List::Articles, "the a an my our your this that"),
    (List::Particles, "de la las los del della di da do dos das du van von der den bin ibn al el ter ten"),
    (List::Between, "just never also only really always then still finally even actually already again had has"),
    (
        List::Speaking,
        "said says told tells asked asks texted texts phoned phones rang called calls replied cried cries laughed \
        laughs smiled smiles hugged hugs shouted shouts thanked thanks thinks thought wants wanted knows knew \
        explained promised admitted apologised swore relapsed overdosed agreed reckons loves hates lives lived",
    ),
    (
        List::Personal,
        "was is has had came comes went goes got gets gave gives took takes made makes turned moved sat stood \
        showed looked looks seemed seems needs needed feels felt left stayed died passed met brought kept keeps \
        helped helps didn't doesn't won't wasn't isn't hasn't can't couldn't wouldn't started stopped found lost",
    ),
    (
        List::Belongings,
        "mum mam mother dad father brother sister son daughter girlfriend boyfriend partner wife husband family \
        gran granny uncle auntie cousin wean weans kids dog cat flat house place room phone funeral birthday key \
        keys script money worker nurse doctor solicitor case story face hand hands hearing file tent",
    ),
    (List::German, "und ist nicht ich mit eine einen zu auf dem wir sie von fur sich auch habe wird"),
    (List::English, "the and to of i he she with my we for it at is"),
    (
        List::PhoneWords,
        "phone number call ring rang text mobile mob tel telephone whatsapp fax cell landline contact telefono \
        movil telefon handy numer telephone",
    ),
    (
        List::Units,
        "mg ml g kg mcg km m miles mile steps step pounds quid euros dollars people times hours minutes days \
        years pence p units kits percent",
    ),
    (
        List::BirthWords,
        "born birth birthday bday dob birthdate nacido nacida nacio nacimiento cumpleanos ne nee naissance \
        anniversaire geboren geb geburtstag geburtsdatum urodzony urodzona urodzin ur nascido nascida nato nata \
        родился родилась рождения народився народилася γεννήθηκε γέννησης مواليد ولد ولدت الميلاد",
    ),
    (
        List::StreetBehind,
        "street st road rd avenue ave lane ln drive dr close crescent cres court ct place pl terrace terr gardens \
        gdns way square sq grove quadrant wynd row walk mews boulevard blvd parade rise loan brae gate path view",
    ),
    (List::StreetBehindSmall, "street road avenue lane crescent terrace"),
    (
        List::StreetBefore,
        "rue calle via avenida rua ulica ul avenue boulevard plaza praca placa place piazza corso viale улица ул \
        οδός οδος شارع",
    ),
    (List::Flats, "flat apartment apt unit suite"),
    (
        List::Counted,
        "day days week weeks hour hours minute minutes month months year years time times people night nights of \
        pounds quid tyre tyres percent more and",
    ),
    (List::NameWords, "name nom nombre imie"),
];

/// Names of the months by number, in several languages, in full and by three letters.
pub(crate) const MONTHS: [&str; 12] = [
    "january jan enero janvier januar stycznia janeiro gennaio",
    "february feb febrero fevrier februar lutego fevereiro febbraio",
    "march mar marzo mars marz marca marco",
    "april apr abril avril kwietnia aprile",
    "may mayo mai maja maio maggio",
    "june jun junio juin juni czerwca junho giugno",
    "july jul julio juillet juli lipca julho luglio",
    "august aug agosto aout sierpnia",
    "september sep sept septiembre septembre wrzesnia setembro settembre",
    "october oct octubre octobre oktober pazdziernika outubro ottobre",
    "november nov noviembre novembre listopada",
    "december dec diciembre decembre dezember grudnia dezembro dicembre",
];
