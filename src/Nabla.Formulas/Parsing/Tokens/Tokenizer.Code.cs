using System.Text;
using Nabla.Formulas.Parsing.Conventions;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

// Code that somebody gives in place of a formula: nn.Linear(10, 5), loss.backward().
internal sealed partial class Tokenizer
{
    // Whose functions are those of formulas under the same names; torch's deviations are divided by n − 1,
    // its cross-entropy takes scores.
    private static readonly string[] Modules =
        ["np", "numpy", "jnp", "math", "torch", "np.linalg", "torch.linalg", "jnp.linalg", "F", "tf", "tf.math",
            "tf.nn", "nn.functional", "torch.nn.functional", "jax.nn", "scipy.special", "special"];

    private static readonly string[] OtherThanNamed =
        ["F.layer_norm", "F.rms_norm", "F.group_norm", "F.batch_norm"];

    private static readonly string[] OfLogits =
        ["F.cross_entropy", "nn.functional.cross_entropy", "torch.nn.functional.cross_entropy"];

    // Where brackets close before which a library's own slope stands.
    private readonly HashSet<int> slopes = [];

    /// <summary>Whether a text names a module whose programs count from 0.</summary>
    public static bool IsProgram(string text) => Modules.Any(module =>
        text.Contains(module + ".", StringComparison.Ordinal) && module.Length > 1);

    // What a class has is known by its name alone: self.weight is the weight, self.fc1 a layer.
    private bool ReadMember()
    {
        const string Self = "self.", Return = "return ";
        if (isLatex || !char.IsAsciiLetter(text[at]) || at > 0 && char.IsAsciiLetterOrDigit(text[at - 1]))
            return false;
        if (tokens.Count == 0 && text.AsSpan(at, end - at).StartsWith(Return, StringComparison.Ordinal))
        {
            at += Return.Length;
            return true;
        }
        bool isMember = text.AsSpan(at, end - at).StartsWith(Self, StringComparison.Ordinal);
        int start = at + (isMember ? Self.Length : 0), stop = start;
        while (stop < end && char.IsAsciiLetter(text[stop]))
            stop++;
        if (stop == start)
            return false;
        string name = text[start..stop];
        at = start;
        if (LayerOf(name, stop, isMember) is { } layer)
            AddLetter(layer, start, stop, Alphabet.Upright);
        else if (isMember && KnownFunctions.Find(name) is null && !Notation.IsGreek(name)
            && !(stop < end && text[stop] is '_' or '.'))
            AddName(start, stop);
        else
            return isMember;
        ReadDigitsBelow(stop);
        return true;
    }

    // ln1(x), self.ln_f(x): layers that normalise, no logarithms to the base 1, where ln2/k has one; self.norm(x) is
    // no ‖x‖.
    private string? LayerOf(string name, int stop, bool isMember)
    {
        int last = EndOfMember(stop);
        if (last >= end || text[last] != '(' || last == stop && !isMember)
            return null;
        return name switch { "ln" => "LN", "norm" when isMember => "Norm", _ => null };
    }

    // The np of np.exp(x): exp alone says as much.
    private bool SkipModule()
    {
        if (isLatex || !char.IsAsciiLetter(text[at]))
            return false;
        int dot = at;
        for (int stop = EndOfMember(at); stop < end && text[stop] == '.'; stop = EndOfMember(stop + 1))
            dot = stop;
        if (dot == at || !Modules.Contains(text[at..dot], StringComparer.Ordinal))
            return false;
        int after = EndOfMember(dot + 1);
        int begin = text.AsSpan(dot + 1).StartsWith("reduce_") ? dot + 8 : dot + 1; // tf.reduce_mean
        string member = text[begin..after];
        if (OfLogits.Contains(text[at..after], StringComparer.Ordinal) && after < end && text[after] == '(')
        {
            choices.Add(new Choice(new SourceSpan(begin, after - begin), "targets counted from 0, as programs count "
                + "classes", ""));
            return AddAt(TokenKind.Function, "cross_entropy_of_logits", begin, after);
        }
        if (OtherThanNamed.Contains(text[at..after], StringComparer.Ordinal))
            return false;
        if (member != "pi" && (after == end || text[after] != '('
            || member is not ("sum" or "prod" or "rsqrt" or "outer" or "log1p" or "expm1" or "log2" or "log10"
                or "cumsum" or "var" or "argmax" or "argmin")
                && KnownFunctions.Find(member) is null && !NamedOperationConvention.IsKnown(member)))
            return false;
        if (DividesByLess(member, after, isTorch: text[at..dot] is "torch"))
            return AddAt(TokenKind.Function, $"sample_{member}", begin, after);
        ChooseDefault(text[at..dot], member, new SourceSpan(begin, after - begin));
        at = begin;
        if (member is "l1_loss" or "smooth_l1_loss" or "cosine_similarity" or "mod") // digits would be indices
            AddAt(TokenKind.Function, KnownFunctions.Find(member)!.Name, begin, after);
        if (member is "cosine_similarity")
            tokens[^1] = tokens[^1] with { ByRow = new(Lines.Rows, IsKept: false) };
        if (member == "where")
            AddLetter(member, begin, after, Alphabet.Upright);
        return true;
    }

    // What libraries take where nothing is said.
    private void ChooseDefault(string module, string member, SourceSpan place)
    {
        Choice? choice = (module, member) switch
        {
            ("torch", "median") => MethodCalls.MiddleOf(place),
            (_, "argmax" or "argmin") => MethodCalls.FromOne(place),
            ("jax.nn", "gelu") => new(place, "gelu: x times the normal distribution function, with erf",
                "the approximation with tanh, which JAX takes where nothing is said"),
            _ => null,
        };
        if (choice is not null)
            choices.Add(choice);
        if ((module, member) is ("tf.nn", "leaky_relu") && EndWithoutSetting(place.End) is { } close)
            slopes.Add(close);
    }

    // Where f(x) ends; null of f(x, 0.1).
    private int? EndWithoutSetting(int open)
    {
        int depth = 0;
        for (int i = open; i < end; i++)
        {
            depth += text[i] switch { '(' or '[' => 1, ')' or ']' => -1, _ => 0 };
            if (depth == 0)
                return i;
            if (depth == 1 && text[i] == ',')
                return null;
        }
        return null;
    }

    // The 0.2 of TensorFlow's leaky_relu(x), as a second argument before its bracket closes.
    private void AddSlope(TokenKind kind, int close)
    {
        if (kind != TokenKind.Close || !slopes.Remove(close))
            return;
        tokens.Add(new Token(TokenKind.Comma, ",", close, close));
        tokens.Add(new Token(TokenKind.Number, "0.2", close, close));
    }

    // The .mean of x.mean() and (a - b).mean()
    private bool ReadMethod()
    {
        if (text[at] != '.' || isLatex || afterSpace || tokens.Count == 0
            || tokens[^1].Kind is not (TokenKind.Letter or TokenKind.Close or TokenKind.GroupClose)
            && tokens is not [.., { Kind: TokenKind.Sub }, { Kind: TokenKind.Number }])
            return false;
        int stop = EndOfMember(at + 1), from = at;
        while (from > 0 && (char.IsAsciiLetterOrDigit(text[from - 1]) || text[from - 1] is '_' or '.'))
            from--;
        string member = text[(at + 1)..stop];
        bool isCalled = stop < end && text[stop] == (member == "shape" ? '[' : '(');
        return isCalled && !Modules.Contains(text[from..at], StringComparer.Ordinal)
            && MethodCalls.IsKnown(member)
            && AddAt(TokenKind.Method,
                DividesByLess(member, stop, isTorch: false) ? $"sample_{member}" : member, at, stop);
    }

    // w.data is w; w.grad is a quantity of its own, w_grad.
    private bool ReadAttribute()
    {
        if (text[at] != '.' || isLatex || afterSpace
            || tokens is not [.., { Kind: TokenKind.Letter or TokenKind.Close }])
            return false;
        if (tokens[^1].Kind == TokenKind.Close)
            return SkipValues();
        int stop = EndOfMember(at + 1);
        string member = text[(at + 1)..stop];
        if (member is not ("data" or "grad") || stop < end && text[stop] == '(')
            return false;
        int start = at;
        at = stop;
        if (member == "data")
            return true;
        AddAt(TokenKind.Sub, "_", start, start + 1);
        AddAt(TokenKind.Letter, member, start + 1, stop);
        tokens[^1] = tokens[^1] with { Alphabet = Alphabet.Upright };
        return true;
    }

    // X.max(dim=1).values: PyTorch gives the places, too.
    private bool SkipValues()
    {
        const string Values = ".values";
        if (!text.AsSpan(at, end - at).StartsWith(Values) || EndOfMember(at + 1) != at + Values.Length)
            return false;
        at += Values.Length;
        return true;
    }

    // A dot right between a name and a word that is called or goes on.
    private bool IsCode()
    {
        if (text[at] != '.' || isLatex || afterSpace || at == 0 || !char.IsAsciiLetterOrDigit(text[at - 1]))
            return false;
        int stop = EndOfMember(at + 1);
        return stop > at + 2 && char.IsAsciiLetter(text[at + 1]) && stop < end && text[stop] is '(' or '.' or '[';
    }

    // x & 3 takes bits; y &= x aligns lines, as cells of environments do.
    private bool IsBitwise()
    {
        if (isLatex || tokens.Count == 0 || tokens[^1].Kind is TokenKind.Relation or TokenKind.RowBreak
            || tokens.Exists(token => token.Kind == TokenKind.Begin))
            return false;
        int next = at + 1;
        while (next < end && text[next] == ' ')
            next++;
        return next < end && (char.IsLetterOrDigit(text[next]) || text[next] is '(' or '-');
    }

    private int EndOfMember(int from)
    {
        while (from < end && (char.IsAsciiLetterOrDigit(text[from]) || text[from] == '_'))
            from++;
        return from;
    }

    private FormulaException CodeGiven()
    {
        int start = at;
        while (start > 0 && (char.IsAsciiLetterOrDigit(text[start - 1]) || text[start - 1] is '_' or '.'))
            start--;
        int stop = EndOfMember(at + 1);
        while (stop < end && text[stop] == '.')
            stop = EndOfMember(stop + 1);
        string code = text[start..stop];
        return Errors.At($"`{code}` is code of a program, not a formula: write what it computes, as y = x W + b, or "
            + $"ask by its name alone, '{Spoken(code[(code.LastIndexOf('.') + 1)..])}'", start, "a formula", text);
    }

    // cross_entropy and CrossEntropyLoss as people say them
    private static string Spoken(string name)
    {
        var words = new StringBuilder();
        for (int i = 0; i < name.Length; i++)
        {
            bool begins = i > 0 && char.IsAsciiLetterUpper(name[i]) && char.IsAsciiLetterLower(name[i - 1]);
            words.Append(begins ? " " : "").Append(name[i] == '_' ? ' ' : char.ToLowerInvariant(name[i]));
        }
        return words.ToString();
    }
}
