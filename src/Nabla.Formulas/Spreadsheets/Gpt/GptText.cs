using Nabla.Formulas.Spreadsheets.Layout;

namespace Nabla.Formulas.Spreadsheets.Gpt;

/// <summary>The text of a GPT's sheet, cut into characters, and the numbers of these.</summary>
internal sealed class GptText
{
    private readonly string text;

    /// <summary>The last characters of a text, as many as the model can look back.</summary>
    /// <exception cref="FormulaException">The vocabulary has none of a character.</exception>
    public GptText(string text, IReadOnlyList<string> vocabulary, int context)
    {
        this.text = text;
        Used = text.Length > context ? text[^context..] : text;
        Ids = new int[context];
        for (int i = 0; i < Used.Length; i++)
        {
            Ids[i] = vocabulary.ToList().IndexOf(Used[i].ToString());
            if (Ids[i] < 0)
                throw new FormulaException($"the model does not know '{Used[i]}'; it knows "
                    + $"{string.Concat(vocabulary)}");
        }
    }

    /// <summary>The part that is read.</summary>
    public string Used { get; }

    /// <summary>The number of each character, from 0; behind the text 0.</summary>
    public int[] Ids { get; }

    /// <summary>What a character looks like in a cell of its own.</summary>
    public static string Shown(string character) => character switch
    {
        " " => "␣",
        "\n" => "⏎",
        "\t" => "⇥",
        _ => character,
    };

    /// <summary>The text, its length, its characters and their numbers.</summary>
    public GptTextCells Put(Page page, GptVectors vectors)
    {
        page.Band("1  The text", $"Type another text into the blue cell; the model reads its last {Ids.Length} "
            + "characters.");
        Block typed = page.Put(new("text", "", "what has been written so far")
        {
            Values = Grid.Of(text),
            Role = Role.Input,
        });
        page.Skip(2);
        Block length = page.Put(new("length", "n", "characters that are read")
        {
            Values = Grid.Of((double)Math.Max(1, Used.Length)),
            Cells = (_, _) => $"MAX(1,MIN(LEN({typed.Only}),{Ids.Length}))",
            Format = CellStyle.General,
        });
        page.Band("2  Its characters, and their numbers", "The sheet 'Embeddings' has a list of all that the model "
            + "knows.");
        Block characters = page.Put(new("characters", "", "of the text")
        {
            Values = Grid.Column([.. Ids.Select((_, i) => (CellValue)(i < Used.Length ? Used[i].ToString() : ""))]),
            Cells = (i, _) => $"MID(RIGHT({typed.Only},{Ids.Length}),{i + 1},1)",
            Rows = Labels.Of(Enumerable.Range(1, Ids.Length).Select(i => $"{i}")),
        });
        Block shown = page.Put(new("shown as", "", "␣ is a space")
        {
            Values = Grid.Column(
                [.. Ids.Select((_, i) => (CellValue)(i < Used.Length ? Shown(Used[i].ToString()) : ""))]),
            Cells = (i, _) => $"SUBSTITUTE(SUBSTITUTE({characters.InRow(i)},\" \",\"␣\"),CHAR(10),\"⏎\")",
        });
        Block ids = page.Put(new("number", "", "of each; #N/A: not known")
        {
            Values = Grid.Column([.. Ids.Select(id => (CellValue)(id + 1.0))]),
            Cells = (i, _) => Number(characters.InRow(i), vectors.Known.All, vectors.Numbers.All),
            Format = CellStyle.General,
        });
        return new(typed, length, Labels.From(shown), ids);
    }

    // EXACT tells capital from small letters, which MATCH does not.
    private static string Number(string character, string known, string numbers)
    {
        string found = $"EXACT({known},{character})";
        return $"IF({character}=\"\",1,IF(SUMPRODUCT(--{found})=0,NA(),SUMPRODUCT({found}*{numbers})))";
    }
}

/// <summary>Where the text is.</summary>
/// <param name="Typed">What was typed.</param>
/// <param name="Length">How many characters are read.</param>
/// <param name="Rows">The characters of the text, as names of rows.</param>
/// <param name="Ids">Their numbers, from 1.</param>
internal sealed record GptTextCells(Block Typed, Block Length, Labels Rows, Block Ids);
