using AngleSharp.Dom;
using AngleSharp.Html;
using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using AngleSharp.Text;

namespace Nabla.Formulas.Articles.Reading;

/// <summary>A piece of a page: a tag, or text in which characters may be written by their names.</summary>
/// <param name="Tag">The tag, or null for text.</param>
/// <param name="Start">Where it begins in the page.</param>
/// <param name="End">Where it ends.</param>
internal readonly record struct HtmlPiece(HtmlTagToken? Tag, int Start, int End)
{
    /// <summary>The tag's name in small letters; empty for text.</summary>
    public string Name => Tag?.Name ?? "";

    public bool IsClosing => Tag?.Type == HtmlTokenType.EndTag;

    /// <summary>The value of an attribute, or empty.</summary>
    public string Attribute(string name) => Tag?.GetAttribute(name) ?? "";

    public bool Opens(string name) => Name == name && !IsClosing && !Tag!.IsSelfClosing;

    public bool Closes(string name) => Name == name && IsClosing;
}

/// <summary>A page cut into tags and text, as the HTML standard says, by the tokenizer of AngleSharp.</summary>
internal sealed class HtmlPage
{
    private HtmlPage(MappedText source, List<HtmlPiece> pieces)
    {
        Source = source;
        Pieces = pieces;
    }

    /// <summary>The page as it is.</summary>
    public MappedText Source { get; }

    /// <summary>Its tags and texts, first to last; comments are left out.</summary>
    public IReadOnlyList<HtmlPiece> Pieces { get; }

    /// <summary>Cuts a page.</summary>
    /// <param name="source">The page.</param>
    /// <param name="isXml">Whether CDATA is text, as in feeds, and no comment, as in pages.</param>
    public static HtmlPage Of(MappedText source, bool isXml = false)
    {
        List<HtmlPiece> pieces = [];
        var tokenizer = new HtmlTokenizer(new TextSource(source.Text), (IEntityProvider)HtmlEntityProvider.Resolver)
        {
            IsNotConsumingCharacterReferences = true,
            IsAcceptingCharacterData = isXml,
            OnToken = (token, range) => Add(pieces, new(token as HtmlTagToken, range.Start.Index, range.End.Index),
                token.Type),
        };
        for (HtmlToken token = tokenizer.Get(); token.Type != HtmlTokenType.EndOfFile; token = tokenizer.Get())
            if (token is HtmlTagToken { Type: HtmlTokenType.StartTag, IsSelfClosing: false })
                tokenizer.State = Inside(token.Name);
        return new(source, pieces);
    }

    /// <summary>Where the element ends that the piece before begins: its closing tag, or the end of the page.</summary>
    public int EndOf(string name, int from)
    {
        int at = from;
        for (int depth = 1; at < Pieces.Count; at++)
        {
            depth += Pieces[at].Opens(name) ? 1 : Pieces[at].Closes(name) ? -1 : 0;
            if (depth == 0)
                break;
        }
        return at;
    }

    /// <summary>The source of a piece.</summary>
    public MappedText TextOf(HtmlPiece piece) => Source.Slice(piece.Start, piece.End - piece.Start);

    /// <summary>The source from where one piece begins to where another one does.</summary>
    public MappedText Between(int first, int end)
    {
        int from = StartOf(first);
        return Source.Slice(from, StartOf(end) - from);
    }

    /// <summary>Where a piece begins in the file; after the last one the end.</summary>
    public int PlaceOf(int piece) => Source.Place(StartOf(piece));

    private int StartOf(int piece) => piece < Pieces.Count ? Pieces[piece].Start : Source.Length;

    private static void Add(List<HtmlPiece> pieces, HtmlPiece piece, HtmlTokenType type)
    {
        if (type == HtmlTokenType.Character && pieces.Count > 0 && pieces[^1].Tag is null
            && pieces[^1].End == piece.Start)
            pieces[^1] = pieces[^1] with { End = piece.End };
        else if (type is HtmlTokenType.Character or HtmlTokenType.StartTag or HtmlTokenType.EndTag)
            pieces.Add(piece);
    }

    // Where tags are no tags: section 13.2.6.2 of the HTML standard.
    private static HtmlParseMode Inside(string name) => name switch
    {
        "script" => HtmlParseMode.Script,
        "style" or "xmp" or "iframe" or "noembed" or "noframes" => HtmlParseMode.Rawtext,
        "title" or "textarea" => HtmlParseMode.RCData,
        _ => HtmlParseMode.PCData,
    };
}
