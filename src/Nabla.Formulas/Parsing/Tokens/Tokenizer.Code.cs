using System.Text;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

// Code that somebody gives in place of a formula: nn.Linear(10, 5), loss.backward().
internal sealed partial class Tokenizer
{
    // Whose functions are those of formulas under the same names; torch's deviations are divided by n − 1.
    private static readonly string[] Modules =
        ["np", "numpy", "jnp", "math", "torch", "np.linalg", "torch.linalg"];

    private static readonly string[] OtherThanNamed = ["torch.std", "torch.var"];

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
        string member = text[(dot + 1)..after];
        if (OtherThanNamed.Contains(text[at..after], StringComparer.Ordinal))
            return false;
        if (member != "pi" && (after == end || text[after] != '('
            || member is not ("sum" or "prod") && KnownFunctions.Find(member) is null))
            return false;
        at = dot + 1;
        return true;
    }

    // softmax(x, dim=-1): along the last dimension is what formulas mean; along another one they say with an index.
    private bool SkipSetting()
    {
        if (isLatex || text[at] != ',')
            return false;
        int start = at + 1;
        while (start < end && text[start] == ' ')
            start++;
        int equals = EndOfMember(start);
        string name = text[start..equals];
        if (equals >= end || text[equals] != '=' || name is not ("dim" or "axis" or "keepdim" or "keepdims"))
            return false;
        int stop = EndOfMember(equals + (equals + 1 < end && text[equals + 1] == '-' ? 2 : 1));
        string setting = text[start..stop];
        if (!name.StartsWith("keep", StringComparison.Ordinal) && !setting.EndsWith("=-1", StringComparison.Ordinal))
            throw Errors.At($"`{setting}` is a setting of a program: write with an index over what is taken, as in "
                + "mean_i x_{ij}", start, "a formula", text);
        at = stop;
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
