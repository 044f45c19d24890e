namespace Nabla.Formulas.Articles.Claims;

/// <summary>A number or a list with which a comment begins: <c># ~0.95 (very similar!)</c>.</summary>
/// <param name="Text">As written.</param>
/// <param name="Numbers">Its numbers; one if it is no list.</param>
/// <param name="IsList">Whether it has brackets.</param>
/// <param name="StandsAlone">Whether no word follows that could make it mean something else.</param>
/// <param name="Rest">What follows.</param>
internal sealed record CommentLiteral(
    string Text, IReadOnlyList<PrintedNumber> Numbers, bool IsList, bool StandsAlone, string Rest)
{
    private static readonly string[] Leads =
    [
        "output:", "outputs:", "output", "prints:", "prints", "printed:", "result:", "returns:", "returns", "gives",
            "out:",
        "value:", "->", "=>", "→", "⇒", "==", "=", ">>>", "is", "equals", "about", "approximately", "approx.", "approx",
            "roughly",
        "around", "~", "≈", "np.array(", "array(", "np.float64(", "tensor(", "torch.tensor(",
    ];

    /// <summary>Whether it can be nothing but what a program shows: tensor([1., 2.]).</summary>
    public bool IsOutput { get; private init; }

    public static CommentLiteral? Read(string comment)
    {
        string text = comment.Trim();
        bool isApproximate = false, hasLead = true, isOutput = false;
        while (hasLead)
        {
            hasLead = false;
            foreach (string lead in Leads)
            {
                if (!text.StartsWith(lead, StringComparison.OrdinalIgnoreCase)
                    || char.IsLetter(lead[^1]) && text.Length > lead.Length && char.IsLetterOrDigit(text[lead.Length]))
                    continue;
                isApproximate |= lead is "~" or "≈" || lead.StartsWith("about", StringComparison.Ordinal)
                    || lead.StartsWith("app", StringComparison.Ordinal) || lead is "roughly" or "around";
                isOutput |= lead[^1] == '(';
                text = text[lead.Length..].TrimStart();
                hasLead = true;
                break;
            }
        }
        CommentLiteral? literal = text.Length == 0 ? null : text[0] is '[' or '(' ? List(text, isApproximate)
            : Number(text, isApproximate);
        return !isOutput ? literal : literal is null ? null : literal with
        {
            IsOutput = true,
            StandsAlone = literal.StandsAlone || IsEnd(literal.Rest.TrimStart(')')),
        };
    }

    private static CommentLiteral? Number(string text, bool isApproximate)
    {
        int at = text[0] is '-' or '−' ? 1 : 0;
        bool isNegative = at == 1;
        if (PrintedNumber.Read(text, ref at) is not { } number)
            return null;
        if (isNegative)
            number = number with { Text = "-" + number.Text, Value = -number.Value, Whole = -number.Whole };
        if (at < text.Length && text[at] == '%')
        {
            number = number.Scaled(0.01, "%");
            at++;
        }
        bool goesOn = text.AsSpan(at).StartsWith("...") || text.AsSpan(at).StartsWith("…");
        number = number with { IsApproximate = isApproximate, GoesOn = goesOn };
        string rest = text[at..].TrimStart('.', '…');
        if (rest.Length > 0 && (char.IsLetterOrDigit(rest[0])
            || rest[0] is '_' or ':' or '/' or '-' or '–' or '^' or '*'))
            return null; // 3D, 10:30, 1-2
        return new CommentLiteral(text[..at], [number], false, IsEnd(rest), rest.Trim());
    }

    private static CommentLiteral? List(string text, bool isApproximate)
    {
        int depth = 0, end = 0;
        for (; end < text.Length; end++)
        {
            depth += text[end] is '[' or '(' ? 1 : text[end] is ']' or ')' ? -1 : 0;
            if (depth == 0)
                break;
        }
        if (depth != 0)
            return null;
        string inner = text[..(end + 1)];
        Skeleton skeleton = Skeleton.Of(inner);
        if (skeleton.Numbers.Count == 0
            || skeleton.Shape.Any(c => c is not ('#' or '[' or ']' or '(' or ')' or ',' or ' ')))
            return null;
        string rest = text[(end + 1)..].TrimStart(')');
        return new CommentLiteral(inner,
            [.. skeleton.Numbers.Select(number => number with { IsApproximate = isApproximate })],
            true, IsEnd(rest), rest.Trim());
    }

    private static bool IsEnd(string rest) => rest.Trim() is var trimmed
        && (trimmed.Length == 0
        || trimmed[0] is '(' or ',' or ';' or '.' or '!' or '—' or '–' or '→' or '#' or '|' or '✓' or '✅' or '-' or '='
        or '<');
}
