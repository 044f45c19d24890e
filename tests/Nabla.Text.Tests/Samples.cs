namespace Nabla.Text.Tests;

/// <summary>Texts that several tests share.</summary>
internal static class Samples
{
    public const string Prose = """
        It was a bright day in the small town. Anna's neighbour said: "I'll feed the dogs, they've waited since 7:30!"
        The dogs weren't hungry; they'd eaten 12 biscuits (maybe 13). Anna laughed, and we're told that she still does.
        Then the baker came by with 24 rolls, 36 buns and a cake for the teacher, who hadn't eaten since the day before.
        "You shouldn't have," said the teacher. "I'm not hungry." But the rolls were warm, and the teacher ate three.
        """;

    public static readonly string[] Nasty =
    [
        "", " ", "  ",
        "   ", "\n", "\n\n", "\r\n", "\t", " \n ", "a  b", "a \n  b", "  leading", "trailing  ", "\u00A0x\u00A0 y",
        "x\u3000\u3000y",
        "\u0085\u2028z", "it's 'S 's ''s I'LL we'll've", "don't 'tis", "42 3.14 ½ Ⅷ ٣٤", "é e\u0301 Å ﬁ",
        "нещо на Български", "漢字かな交じり文", "👩‍👩‍👧‍👦 🦙🇩🇪", "𝒳𝓎𝟘𝟙 𐍈", "\0\u0001\u007F\u0080",
        "\uFEFFbom", "\uFFFD\uFFFF", "a\u200Db\u200B", "<|endoftext|>",
        "x<|endoftext|>y", "<|endoftext|><|endoftext|>", "<|endoftext", "_snake_case-kebab", "!!!???...   ;;;",
        "ĠĊ Ā", "aaaaaaaaaaaaaaaaaaaaaaa", "\u1680\u180E", "a'b'c 're've", " '", "'", "' s", "1a2b3c", "a1 b2", "x²³",
    ];
}
