using System.Text;

namespace Nabla.Formulas.Parsing.Tokens;

// Code that somebody gives in place of a formula: nn.Linear(10, 5), loss.backward().
internal sealed partial class Tokenizer
{
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
