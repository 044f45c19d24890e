using System.Collections.Frozen;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>
/// Writes what arrays compute by methods as formulas do: <c>x.mean()</c> is <c>mean(x)</c>, <c>(a - b).pow(2)</c> is
/// <c>(a - b)^{2}</c>, <c>q.matmul(k.t())</c> is <c>q @ (k^⊤)</c>.
/// </summary>
internal sealed class MethodCalls
{
    // Of one dimension if one is given, which formulas say with an index; without, of all entries.
    private static readonly FrozenSet<string> Reductions = FrozenSet.Create(StringComparer.Ordinal, "mean", "std",
        "softmax", "log_softmax", "logsumexp", "sum", "prod", "max", "min", "argmax", "argmin", "var", "median",
        "cumsum", "sample_var", "sample_std");

    private static readonly FrozenSet<string> Functions = FrozenSet.Create(StringComparer.Ordinal, "exp", "log", "sqrt",
        "abs", "sign", "round", "floor", "ceil", "sin", "cos", "tanh", "sigmoid", "relu", "norm", "det", "trace", "dot",
        "detach", "logit", "rsqrt", "pow", "square");

    private readonly List<Token> tokens;
    private readonly string text;
    private readonly List<Choice> choices;
    private readonly int[] partners;

    private MethodCalls(List<Token> tokens, string text, List<Choice> choices)
    {
        this.tokens = tokens;
        this.text = text;
        this.choices = choices;
        partners = Partners(tokens);
    }

    /// <summary>Whether a method of this name computes what a formula can say.</summary>
    public static bool IsKnown(string name) => Reductions.Contains(name) || Functions.Contains(name)
        || name is "shape" or "size" or "float" or "double" or "cpu" or "numpy"
        || name is "inverse" or "item" or "matmul" or "mm" or "bmm" or "t" or "transpose" or "clamp" or "clip";

    /// <summary>The tokens without methods.</summary>
    /// <exception cref="FormulaException">A method is called with what no formula has.</exception>
    public static List<Token> Rewrite(List<Token> tokens, string text, List<Choice> choices) =>
        tokens.Exists(token => token.Kind == TokenKind.Method || IsClamp(token))
            ? new MethodCalls(tokens, text, choices).Written(0, tokens.Count, 0)
            : tokens;

    private List<Token> Written(int from, int to, int depth)
    {
        if (depth > BracketMap.DeepestNesting)
            throw Errors.At("brackets lie too deep", tokens[from].Start, "a simpler formula", text);
        var written = new List<Token>(to - from);
        for (int i = from; i < to; i++)
        {
            if (IsClamp(tokens[i]) && ClampedUntil(i, to, depth, written) is { } end)
            {
                i = end;
                continue;
            }
            if (tokens[i].Kind != TokenKind.Method)
            {
                written.Add(tokens[i]);
                continue;
            }
            int close = partners[i + 1];
            if (close == 0)
                throw Errors.Expected("`)`", tokens[^1].End, text, $" to close the `(` at {tokens[i + 1].Start}");
            int start = OperandStart(written);
            List<Token> operand = written[start..];
            written.RemoveRange(start, written.Count - start);
            List<Token> applied = Applied(tokens[i], operand, Written(i + 2, close, depth + 1));
            bool isAbove = start > 0 && written[start - 1].Kind == TokenKind.Sup;
            written.AddRange(isAbove && applied[0].Kind != TokenKind.GroupOpen ? Grouped(applied) : applied);
            i = close;
        }
        return written;
    }

    private static bool IsClamp(Token token) => token is { Kind: TokenKind.Function, Value: "clip" or "clamp" };

    // torch.clamp(x, min=0): the bounds have names, or there is one.
    private int? ClampedUntil(int call, int to, int depth, List<Token> written)
    {
        int close = call + 1 < to && tokens[call + 1].Kind == TokenKind.Open ? partners[call + 1] : 0;
        int comma = call + 2;
        while (comma < close && tokens[comma].Kind != TokenKind.Comma)
            comma = Math.Max(partners[comma], comma) + 1;
        if (comma >= close || !HasNames(comma + 1, close))
            return null;
        written.AddRange(Clipped(tokens[call], Written(call + 2, comma, depth + 1),
            Written(comma + 1, close, depth + 1)));
        return close;
    }

    private bool HasNames(int from, int to) =>
        tokens.FindIndex(from, to - from, token => token is { Kind: TokenKind.Letter, Value: "None" }) >= 0
        || tokens[from] is { Kind: TokenKind.Big, Value: "min" or "max" } && tokens[from + 1].Value == "=";

    // What the method is called on: a name with its scripts, a bracket, a call.
    private static int OperandStart(List<Token> written)
    {
        int start = written.Count - 1;
        while (start > 0)
        {
            if (written[start].Kind is TokenKind.Close or TokenKind.GroupClose)
                start = OpeningOf(written, start);
            if (start <= 0)
                return 0;
            TokenKind before = written[start - 1].Kind;
            bool isOfMethod = written[start - 1].Start == written[start - 1].End || written[start].Value == "⊤";
            bool isScript = before == TokenKind.Sub || before == TokenKind.Sup && isOfMethod;
            bool isApplied = written[start].Kind == TokenKind.Open && !written[start].AfterSpace
                && before is TokenKind.Function or TokenKind.Letter or TokenKind.Big or TokenKind.Expectation;
            if (!isScript && !isApplied)
                return start;
            start -= isScript ? 2 : 1;
        }
        return Math.Max(start, 0);
    }

    private static int OpeningOf(List<Token> written, int close)
    {
        int depth = 0;
        for (int i = close; i >= 0; i--)
        {
            if (written[i].Kind is TokenKind.Close or TokenKind.GroupClose)
                depth++;
            else if (written[i].Kind is TokenKind.Open or TokenKind.GroupOpen && --depth == 0)
                return i;
        }
        return 0;
    }

    private List<Token> Applied(Token method, List<Token> operand, List<Token> arguments)
    {
        string name = method.Value;
        if (Reductions.Contains(name))
        {
            RefuseDimension(method, arguments);
            ChooseDivisor(method);
            if (name is "argmax" or "argmin")
                choices.Add(FromOne(method.Span));
            return Call(name, method with { ByRow = Along(method, arguments) }, operand, []);
        }
        return name switch
        {
            "inverse" => [.. Base(operand), .. Above(method,
                [At(method, TokenKind.Minus, "-"), At(method, TokenKind.Number, "1")])],
            "t" or "transpose" => Transposed(method, operand, arguments),
            "matmul" or "mm" or "bmm" => Grouped([.. operand, At(method, TokenKind.Times, "Matrix"),
                At(method, TokenKind.Open, "("), .. arguments, At(method, TokenKind.Close, ")")]),
            "clamp" or "clip" => Clipped(method, operand, arguments),
            "item" or "float" or "double" or "cpu" or "numpy" => operand,
            "shape" or "size" => Call(SizeAlong(method, arguments), method, operand, []),
            _ => Call(name, method, operand, arguments),
        };
    }

    // x.shape[0] is how many rows x has, x.size(-1) how long each is.
    private string SizeAlong(Token method, List<Token> arguments) =>
        string.Concat(arguments.Select(token => token.Value)) switch
        {
            "0" => "len",
            "-1" => "dim",
            var other => throw Errors.At($"`.{method.Value}` along `{other}`: a formula has the number of rows, "
                + "x.shape[0], and their length, x.shape[-1]", method.Start, "a letter for the size, as n", text),
        };

    // A row along which a matrix is summed is no part of the formula; the last one is all there is of a vector.
    private void RefuseDimension(Token method, List<Token> arguments)
    {
        bool isNone = arguments.Count == 0
            || arguments is [{ Kind: TokenKind.Minus }, { Kind: TokenKind.Number, Value: "1" }]
            or [{ Kind: TokenKind.Number, Value: "0" or "1" }];
        if (!isNone)
            throw Errors.At($"`.{method.Value}(…)` along a dimension: write with an index over what is taken, as in "
                + "mean_i x_{ij}", method.Start, "a formula", text);
    }

    // x.mean(-1), x.mean(0) without the name of the setting.
    private static RowSense Along(Token method, List<Token> arguments)
    {
        Lines lines = arguments switch
        {
            [{ Value: "0" }] => Lines.Columns,
            [{ Value: "1" }] => Lines.RowsOfMatrix,
            [_, ..] when !IsOfRows(method.Value) && !method.ByRow.IsSaid => Lines.Rows,
            _ => method.ByRow.Lines,
        };
        return method.ByRow with { Lines = lines };
    }

    /// <summary>Whether it is taken row by row of a matrix wherever it stands.</summary>
    public static bool IsOfRows(string name) => name is "softmax" or "log_softmax" or "argmax" or "argmin"
        or "logsoftmax" or "Softmax";

    /// <summary>Whether it makes one number of a list.</summary>
    public static bool IsReduction(string name) => Reductions.Contains(name);

    /// <summary>The choice of the mean of two numbers in the middle.</summary>
    public static Choice MiddleOf(SourceSpan place) => new(place,
        "median: of two numbers in the middle their mean, as in NumPy", "the lower one, as in PyTorch");

    /// <summary>The choice of where places begin.</summary>
    public static Choice FromOne(SourceSpan place) =>
        new(place, "places counted from 1, as in formulas", "counted from 0, as in programs");

    private void ChooseDivisor(Token method)
    {
        if (method.Value == "median")
            choices.Add(MiddleOf(method.Span));
        if (method.Value is not ("std" or "var") || CallSettings.DivideByAll(CallSettings.From(text, method.End)))
            return;
        choices.Add(new Choice(method.Span, $".{method.Value}(): divided by the number of entries, as in NumPy",
            "by one less, as in PyTorch"));
    }

    private List<Token> Call(string name, Token method, List<Token> operand, List<Token> arguments)
    {
        if (!Notation.TryFind(name.Replace("_", "", StringComparison.Ordinal), out Meaning meaning))
            meaning = new(TokenKind.Letter, name);
        Token first = operand[0];
        bool isBracket = first.Is(TokenKind.Open, "(") && OpeningOf(operand, operand.Count - 1) == 0;
        List<Token> content = isBracket ? operand[1..^1] : operand;
        List<Token> call =
        [
            new(meaning.Kind, meaning.Value, first.Start, first.Start)
            {
                AfterSpace = first.AfterSpace,
                ByRow = method.ByRow,
                Alphabet = meaning.Kind == TokenKind.Letter ? Alphabet.Upright : Alphabet.Plain,
            },
            new(TokenKind.Open, "(", first.Start, first.Start), .. content,
        ];
        if (arguments.Count > 0)
            call.AddRange([At(method, TokenKind.Comma, ","), .. arguments]);
        call.Add(At(method, TokenKind.Close, ")"));
        return meaning.Kind == TokenKind.Big ? Grouped(call) : call;
    }

    private List<Token> Transposed(Token method, List<Token> operand, List<Token> arguments)
    {
        string places = string.Concat(arguments.Select(token => token.Value));
        if (places is not ("" or "-2,-1" or "-1,-2" or "0,1" or "1,0"))
            throw Errors.At($"`.{method.Value}({places})` exchanges dimensions that a matrix has not", method.Start,
                "the transpose of a matrix, K.T", text);
        return [.. Base(operand), At(method, TokenKind.Sup, "^"), At(method, TokenKind.Letter, "⊤")];
    }

    // clamp(x, 0, 1), clamp(min=0)
    private List<Token> Clipped(Token method, List<Token> operand, List<Token> arguments)
    {
        int comma = OuterComma(arguments);
        if (comma < 0 && arguments is [{ Kind: TokenKind.Big, Value: "min" or "max" } bound, { Value: "=" }, ..])
            return Call(bound.Value == "min" ? "max" : "min", method, operand, arguments[2..]);
        if (comma < 0)
            throw Errors.At("clamp takes two bounds, min and max", method.Start, "clamp(0, 1)", text);
        List<Token> low = WithoutName(arguments[..comma]), high = WithoutName(arguments[(comma + 1)..]);
        if (arguments is [{ Kind: TokenKind.Big, Value: "max" }, { Value: "=" }, ..])
            (low, high) = (high, low);
        if (low is [{ Value: "None" }])
            return Call("min", method, operand, high);
        return high is [{ Value: "None" }] ? Call("max", method, operand, low)
            : Call("clip", method, operand, [.. low, arguments[comma], .. high]);
    }

    private static int OuterComma(List<Token> arguments)
    {
        int depth = 0;
        return arguments.FindIndex(token =>
        {
            depth += token.Kind switch
            {
                TokenKind.Open or TokenKind.GroupOpen => 1,
                TokenKind.Close or TokenKind.GroupClose => -1,
                _ => 0,
            };
            return depth == 0 && token.Kind == TokenKind.Comma;
        });
    }

    // The min = of clamp(min=0, max=6).
    private static List<Token> WithoutName(List<Token> bound) =>
        bound is [{ Kind: TokenKind.Big, Value: "min" or "max" }, { Value: "=" }, ..] ? bound[2..] : bound;

    // What a power stands above: in braces where something stands above it already.
    private static List<Token> Base(List<Token> operand) =>
        operand.Exists(token => token.Kind == TokenKind.Sup) ? Grouped(operand) : operand;

    private static List<Token> Above(Token method, List<Token> power) =>
        [At(method, TokenKind.Sup, "^"), At(method, TokenKind.GroupOpen, "{"), .. power,
            At(method, TokenKind.GroupClose, "}")];

    private static List<Token> Grouped(List<Token> content) =>
    [
        new(TokenKind.GroupOpen, "{", content[0].Start, content[0].Start) { AfterSpace = content[0].AfterSpace },
        .. content, new(TokenKind.GroupClose, "}", content[^1].End, content[^1].End),
    ];

    private static Token At(Token method, TokenKind kind, string value) => new(kind, value, method.End, method.End);

    private static int[] Partners(List<Token> tokens)
    {
        int[] partners = new int[tokens.Count];
        var open = new Stack<int>();
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == TokenKind.Open)
                open.Push(i);
            else if (tokens[i].Kind == TokenKind.Close && open.TryPop(out int opening))
                partners[opening] = i;
        }
        return partners;
    }
}
