using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

// The settings of a program's functions: dim=-1, keepdim=True, ddof=1.
internal sealed partial class Tokenizer
{
    // softmax(x, dim=-1): along the last dimension is what formulas mean; along another one they say with an index.
    private bool SkipSetting() => SkipNamedSetting() || SkipDimension();

    private bool SkipNamedSetting()
    {
        bool isFirst = tokens is [.., { Kind: TokenKind.Method }, { Kind: TokenKind.Open }];
        if (isLatex || text[at] != ',' && !isFirst)
            return false;
        int start = text[at] == ',' ? at + 1 : at;
        while (start < end && text[start] == ' ')
            start++;
        int equals = EndOfMember(start);
        string name = text[start..equals];
        if (name is "p" or "ord" && equals < end && text[equals] == '=' && IsOfNorm(isFirst))
            return SkipName(equals + 1);
        if (equals >= end || text[equals] != '=' || name is not ("dim" or "axis" or "keepdim" or "keepdims"
            or "unbiased" or "correction" or "ddof"))
            return false;
        int stop = EndOfMember(equals + (equals + 1 < end && text[equals + 1] == '-' ? 2 : 1));
        string setting = text[start..stop];
        bool keeps = name.StartsWith("keep", StringComparison.Ordinal);
        bool isOfAll = keeps || CallSettings.DivideByAll(setting) || CallSettings.DivideByLess(setting)
            || setting.EndsWith("=-1", StringComparison.Ordinal) || setting.EndsWith("=None", StringComparison.Ordinal);
        bool isOfMatrix = name is "dim" or "axis" && setting[(equals - start + 1)..] is "0" or "1" && TakesDimension();
        if (!isOfAll && !isOfMatrix)
            throw Errors.At($"`{setting}` is a setting of a program: write with an index over what is taken, as in "
                + "mean_i x_{ij}", start, "a formula", text);
        if (CallSettings.DivideByLess(setting))
            DivideByLess(start, setting);
        if (isOfMatrix)
            Take(setting[^1] == '0' ? Lines.Columns : Lines.RowsOfMatrix, keeps: false);
        if (setting.EndsWith("=-1", StringComparison.Ordinal)
            || keeps && setting.EndsWith("=True", StringComparison.Ordinal))
            TakeRows(keeps);
        if (keeps && setting.EndsWith("=True", StringComparison.Ordinal) && !HasDimension(stop))
            throw Errors.At($"`{setting}` without a dimension keeps one number in brackets: leave it out", start,
                "dim=-1 beside it, or nothing", text);
        at = stop;
        return true;
    }

    // std(x, ddof=1) without a module
    private void DivideByLess(int start, string setting)
    {
        int function = FunctionAround() ?? 0;
        string name = tokens[function].Value;
        if (name is "sample_std" or "sample_var")
            return;
        if (name.ToLowerInvariant() is not ("std" or "var"))
            throw Errors.At($"`{setting}` is a setting of std and var", start, "std(x, ddof=1)", text);
        tokens[function] = tokens[function] with
        {
            Kind = TokenKind.Function,
            Value = $"sample_{name.ToLowerInvariant()}",
        };
    }

    // The dim or the axis of A.sum(dim=0, keepdim=True), A.sum(keepdim=True, dim=0), A.mean(0, True).
    private bool HasDimension(int stop)
    {
        int from = FunctionAround() is { } function ? tokens[function].End : stop;
        ReadOnlySpan<char> settings = CallSettings.From(text, from);
        return settings.IsEmpty || CallSettings.HaveDimension(settings);
    }

    private bool IsOfNorm(bool isFirst) => isFirst ? tokens[^2].Value == "norm"
        : FunctionAround() is { } function && tokens[function].Value == "norm";

    // The p= of x.norm(p=1), which is the norm's order.
    private bool SkipName(int order)
    {
        if (text[at] == ',')
            AddAt(TokenKind.Comma, ",", at, at + 1);
        at = order;
        return true;
    }

    // softmax(x, -1), np.max(x, 0), torch.sum(X, 1): a place behind the comma is a dimension.
    private bool SkipDimension()
    {
        if (isLatex || text[at] != ',' || FunctionAround() is not { } function)
            return false;
        int start = at + 1;
        while (start < end && text[start] == ' ')
            start++;
        int stop = EndOfMember(start < end && text[start] == '-' ? start + 1 : start);
        if (stop >= end || text[stop] is not (')' or ',') || !IsDimension(text.AsSpan(start, stop - start), function))
            return false;
        if (text[start] == '-')
            TakeRows(keeps: false);
        else
            Take(text[start] == '0' ? Lines.Columns : Lines.RowsOfMatrix, keeps: false);
        at = stop;
        return true;
    }

    private bool IsDimension(ReadOnlySpan<char> place, int function)
    {
        Token named = tokens[function];
        return place switch
        {
            "-1" => MethodCalls.IsOfRows(named.Value) || MethodCalls.IsReduction(named.Value) && IsProgram(text),
            "0" or "1" => TakesDimension() && named.Value != "norm" && named.Start > 0 && text[named.Start - 1] == '.',
            _ => false,
        };
    }

    // keepdim=True may stand before dim=-1 or behind it.
    private void TakeRows(bool keeps)
    {
        if (FunctionAround() is not { } function || MethodCalls.IsOfRows(tokens[function].Value))
            return;
        Take(Lines.Rows, keeps);
    }

    private bool TakesDimension() => FunctionAround() is { } function
        && (MethodCalls.IsOfRows(tokens[function].Value) || MethodCalls.IsReduction(tokens[function].Value)
            || tokens[function].Value is "norm" or "cos_sim");

    // What is taken, and whether it stays in rows or columns: each may be said first.
    private void Take(Lines lines, bool keeps)
    {
        if (FunctionAround() is not { } function)
            return;
        RowSense said = tokens[function].ByRow;
        tokens[function] = tokens[function] with
        {
            ByRow = new(keeps && said.IsSaid ? said.Lines : lines, keeps || said.IsKept),
        };
    }

    // What the bracket that is open belongs to, as the place of its token.
    private int? FunctionAround()
    {
        int depth = 0;
        for (int i = tokens.Count - 1; i > 0; i--)
        {
            depth += tokens[i].Kind switch { TokenKind.Close => 1, TokenKind.Open => -1, _ => 0 };
            if (depth < 0)
                return i - 1;
        }
        return null;
    }

    // torch.var(x), x.std(dim=1), np.var(x, ddof=1): Σ(x − x̄)²/(n − 1).
    private bool DividesByLess(string member, int open, bool isTorch)
    {
        if (member is not ("var" or "std"))
            return false;
        ReadOnlySpan<char> settings = CallSettings.From(text, open);
        return CallSettings.DivideByLess(settings)
            || !CallSettings.DivideByAll(settings) && (isTorch || CallSettings.AreOfTorch(settings));
    }
}
