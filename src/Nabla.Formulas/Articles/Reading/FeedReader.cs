namespace Nabla.Formulas.Articles.Reading;

/// <summary>Reads RSS and Atom: the titles, and of each item the page that stands in it, escaped or not.</summary>
internal static class FeedReader
{
    private static readonly string[] Pages = ["content:encoded", "content", "description", "summary"];

    public static IReadOnlyList<ArticleBlock> Read(string source)
    {
        List<ArticleBlock> blocks = [];
        string? best = null; // an item's description repeats the start of its content
        for (int at = 0; at < source.Length;)
        {
            int open = source.IndexOf('<', at);
            if (open < 0)
                break;
            if (HtmlTag.Read(source, open) is not { } tag)
            {
                at = open + 1;
                continue;
            }
            at = tag.End;
            if (tag.Name is "item" or "entry" && !tag.IsClosing)
                best = BestPage(source, tag.End, tag.Name);
            if (tag.IsClosing || tag.IsEmpty || tag.Name != "title" && tag.Name != best)
                continue;
            int end = source.IndexOf("</" + tag.Name, at, StringComparison.OrdinalIgnoreCase);
            end = end < 0 ? source.Length : end;
            Add(MappedText.Of(source[at..end], at), tag.Name, blocks);
            at = end;
        }
        return blocks;
    }

    private static string? BestPage(string source, int from, string item)
    {
        int end = source.IndexOf("</" + item, from, StringComparison.OrdinalIgnoreCase);
        int next = source.IndexOf("<" + item, from, StringComparison.OrdinalIgnoreCase);
        end = end < 0 || next >= 0 && next < end ? next < 0 ? source.Length : next : end;
        return Array.Find(Pages, name =>
            source.IndexOf($"<{name}>", from, end - from, StringComparison.OrdinalIgnoreCase) >= 0
            || source.IndexOf($"<{name} ", from, end - from, StringComparison.OrdinalIgnoreCase) >= 0);
    }

    private static void Add(MappedText text, string name, List<ArticleBlock> blocks)
    {
        bool isEscaped = !text.Text.Contains("<![CDATA[", StringComparison.Ordinal)
            && !text.Text.AsSpan().Trim().StartsWith("<");
        MappedText page = isEscaped ? Entities.Decode(text) : text;
        if (name == "title")
            blocks.Add(InlineFormulas.Block(BlockKind.Heading, page));
        else
            blocks.AddRange(HtmlReader.Read(page));
    }
}
