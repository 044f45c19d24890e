namespace Nabla.Formulas.Articles.Reading;

/// <summary>Reads RSS and Atom: the titles, and of each item the page that stands in it, escaped or not.</summary>
internal static class FeedReader
{
    private const string Data = "<![CDATA[", EndOfData = "]]>";

    private static readonly string[] Pages = ["content:encoded", "content", "description", "summary"];

    public static IReadOnlyList<ArticleBlock> Read(string source)
    {
        List<ArticleBlock> blocks = [];
        var feed = HtmlPage.Of(MappedText.Of(source), isXml: true);
        string? best = null; // an item's description repeats the start of its content
        for (int at = 0; at < feed.Pieces.Count; at++)
        {
            HtmlPiece piece = feed.Pieces[at];
            if (piece.Opens("item") || piece.Opens("entry"))
                best = BestPage(feed, at + 1, piece.Name);
            if (!piece.Opens("title") && (best is null || !piece.Opens(best)))
                continue;
            int end = feed.EndOf(piece.Name, at + 1);
            MappedText page = Unescaped(feed, at + 1, end);
            if (piece.Name == "title")
                blocks.Add(InlineFormulas.Block(BlockKind.Heading, page));
            else
                blocks.AddRange(HtmlReader.Read(page));
            at = end;
        }
        return blocks;
    }

    private static string? BestPage(HtmlPage feed, int from, string item)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        for (int at = from; at < feed.Pieces.Count && feed.Pieces[at].Name != item; at++)
            names.Add(feed.Pieces[at].Name);
        return Array.Find(Pages, names.Contains);
    }

    // A page with its tags as they are, with their signs written by name, or as CDATA.
    private static MappedText Unescaped(HtmlPage feed, int from, int end)
    {
        if (feed.Pieces.Skip(from).Take(end - from).Any(piece => piece.Tag is not null))
            return feed.Between(from, end);
        var page = new MappedText.Builder();
        MappedText all = feed.Between(from, end);
        for (int at = 0; at < all.Length;)
        {
            int data = Find(all.Text, Data, at), start = Math.Min(data + Data.Length, all.Length);
            int close = Find(all.Text, EndOfData, start);
            page.Add(Entities.Decode(all.Slice(at, data - at)));
            page.Add(all.Slice(start, close - start));
            at = close + EndOfData.Length;
        }
        return page.Take();
    }

    private static int Find(string text, string mark, int from)
    {
        int at = text.IndexOf(mark, from, StringComparison.Ordinal);
        return at < 0 ? text.Length : at;
    }
}
