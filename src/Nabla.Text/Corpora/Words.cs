namespace Nabla.Text.Corpora;

/// <summary>The words that the people, jobs, pets and places of a <see cref="World"/> are made of.</summary>
internal static class Words
{
    public static readonly string[] Women = Split("""
        Ada Agnes Alice Alma Amber Amelia Amy Anita Anna April Astrid Audrey Bella Bertha Beth Bonnie Brenda Bridget
        Cara Carla Carmen Celia Chloe Clara Cora Daisy Dana Daphne Delia Diana Dora Edith Elena Elisa Ella Elsa Emily
        Emma Erica Esther Eva Faith Fiona Flora Freda Gail Gemma Gina Gloria Grace Greta Hanna Harriet Hazel Heidi Helen
        Hilda Hope Ida Ingrid Irene Iris Isabel Ivy Jane Jean Jenny Jill Joan Josie Joy Judith Julia June Karen Kate
        Kira Lara Laura Leah Lena Lily Linda Lisa Lois Lola Lorna Lucy Lydia Mabel Maria Martha Mary Maud Maya Megan Mia
        Mina Molly Mona Myra Nadia Nancy Naomi Nell Nina Nora Olga Olive Opal Paula Pearl Penny Petra Polly Rachel Rita
        Rosa Rose Ruby Ruth Sally Sara Selma Sonia Stella Susan Sylvia Tess Tina Tilda Una Vera Viola Wanda Wilma Yvonne
        Zoe
        """);

    public static readonly string[] Men = Split("""
        Aaron Abel Adam Alan Albert Alec Alfred Amos Andrew Arthur Axel Barry Basil Ben Bernard Boris Brian Bruno Carl
        Cecil Charles Chris Clive Colin Conrad Cyril Daniel David Dennis Derek Dirk Donald Douglas Duncan Edgar Edward
        Edwin Eli Elmer Eric Ernest Ethan Evan Felix Finn Floyd Frank Fred Gavin George Gerald Gilbert Glen Gordon
        Graham Gregory Gus Hans Harold Harry Harvey Hector Henry Herbert Homer Howard Hubert Hugo Ian Igor Isaac Ivan
        Jack Jacob James Jasper Jerome Joel John Jonas Joseph Karl Keith Kenneth Kurt Lars Leo Leon Leroy Lewis Louis
        Lucas Luke Magnus Marcus Mark Martin Matthew Max Michael Miles Morris Nathan Ned Neil Nigel Noah Norman Oliver
        Omar Oscar Otto Owen Patrick Paul Percy Peter Philip Quentin Ralph Ray Rex Robert Rodney Roger Roland Rufus
        Rupert Samuel Saul Sidney Simon Stanley Steven Theo Thomas Tim Tobias Victor Vincent Walter Warren Wesley
        Wilfred William
        """);

    public static readonly Job[] Jobs =
    [
        new("baker", "bakes bread before the sun is up", "a warm roll"),
        new("teacher", "reads to the children every morning", "a small book"),
        new("doctor", "looks after everyone who is ill", "some cough drops"),
        new("gardener", "grows beans and roses", "a fresh rose"),
        new("painter", "paints pictures of the hills", "a little picture"),
        new("farmer", "milks the cows at dawn", "a jug of milk"),
        new("tailor", "sews coats and shirts", "a new button"),
        new("cook", "makes soup for half the town", "a bowl of soup"),
        new("carpenter", "builds chairs and tables", "a wooden spoon"),
        new("courier", "carries letters up the hill", "a long letter"),
        new("singer", "sings in the old hall", "a happy song"),
        new("librarian", "knows every book by heart", "a book of poems"),
        new("fisher", "rows out on the lake each day", "a silver fish"),
        new("clockmaker", "mends clocks that run late", "a tiny bell"),
        new("beekeeper", "looks after forty hives", "a jar of honey"),
        new("potter", "makes cups out of clay", "a round cup"),
        new("engineer", "keeps the bridge safe", "a good plan"),
        new("actor", "plays kings and thieves", "a ticket for the show"),
        new("miller", "grinds wheat into flour", "a bag of flour"),
        new("florist", "ties flowers into bunches", "a bunch of tulips"),
    ];

    public static readonly Pet[] Pets =
    [
        new("dog", ["barked at the clouds", "chased a stick", "wagged and wagged"]),
        new("cat", ["slept in the sun", "climbed onto a wall", "purred loudly"]),
        new("rabbit", ["ate a carrot", "hopped in a circle", "hid in the grass"]),
        new("parrot", ["said hello to everyone", "flew onto a lamp", "whistled a tune"]),
        new("goat", ["ate a hat", "jumped over a fence", "stood on a cart"]),
        new("duck", ["splashed in a puddle", "quacked at the rain", "swam across the pond"]),
        new("pony", ["trotted down the road", "ate an apple", "shook its mane"]),
        new("owl", ["blinked at the moon", "turned its head around", "sat very still"]),
    ];

    public static readonly string[] PetNames = Split("""
        Acorn Bandit Biscuit Blossom Bramble Bubbles Button Candle Caramel Cherry Chestnut Cinder Clover Cocoa Comet
        Cookie Copper Cricket Crumble Domino Dusty Echo Ember Feather Fern Flash Freckle Fudge Ginger Hazelnut Honey
        Jumper Kettle Lemon Lucky Marble Melon Midnight Mittens Muffin Nibbles Noodle Nutmeg Oreo Patch Peanut Pebble
        Pepper Pickle Pippin Pixel Pudding Pumpkin Rascal Rocket Rusty Shadow Smoky Snowball Sparky Speckle Sprout Sugar
        Sunny Thistle Thunder Toffee Truffle Tulip Turnip Velvet Waffle Whiskers Widget Willow Ziggy Zipper
        """);

    public static readonly string[] Streets =
    [
        "Mill Lane", "High Street", "River Road", "Church Street", "Station Road", "Orchard Lane", "Bridge Street",
        "Castle Hill", "Garden Row", "Market Square", "Oak Avenue", "Harbour Street", "Chapel Lane", "Windmill Road",
        "Meadow Lane", "Abbey Road",
    ];

    public static readonly string[] Colours =
        Split("red blue green yellow orange purple pink white black brown grey silver");

    public static readonly string[] Places =
        Split("market park library lake bridge bakery school garden station harbour museum square forest theatre");

    public static readonly string[] Weathers = Split("sunny rainy windy foggy cold warm snowy quiet bright misty");

    public static readonly string[] Times =
        ["morning", "afternoon", "evening", "Monday", "Friday", "Saturday", "Sunday"];

    public static readonly string[] Things =
        Split("scarf ribbon kite umbrella hat balloon feather pencil lamp basket ball glove");

    /// <summary>A job, what someone who has it does ("She ..."), and what they have to give.</summary>
    public sealed record Job(string Title, string Work, string Gift);

    /// <summary>A kind of pet and what such pets do ("... ").</summary>
    public sealed record Pet(string Kind, string[] Acts);

    /// <summary><c>a baker</c>, <c>an owl</c>: none of the words here begins with a silent h or a spoken y.</summary>
    public static string WithArticle(string noun) => (noun[0] is 'a' or 'e' or 'i' or 'o' or 'u' ? "an " : "a ") + noun;

    private static string[] Split(string words) =>
        words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
