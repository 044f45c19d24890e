using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

// What begins with a backslash.
internal sealed partial class Tokenizer
{
    private void ReadMacro()
    {
        int start = at;
        int stop = at + 1;
        while (stop < end && char.IsAsciiLetter(text[stop]))
            stop++;
        if (stop == at + 1)
        {
            ReadEscape(start);
            return;
        }
        string name = text[start..stop];
        if (stop < end && text[stop] == '*')
            stop++;
        at = stop;
        if (name is "\\begin" or "\\end")
            ReadEnvironment(name, start);
        else if (!Notation.TryFind(name, out Meaning meaning))
            AddUnknown(name, start);
        else
            AddMacro(name, meaning, start);
    }

    private void AddMacro(string name, Meaning meaning, int start)
    {
        switch (meaning.Kind)
        {
            case TokenKind.Skip:
                break;
            case TokenKind.Size:
                nextSide = meaning.Value switch { "left" => Side.Left, "right" => Side.Right, _ => Side.Unknown };
                nextIsMiddle = meaning.Value == "middle";
                break;
            case TokenKind.AlphabetSwitch:
                SwitchAlphabet(name, Enum.Parse<Alphabet>(meaning.Value));
                break;
            case TokenKind.TextLike:
                ReadTextArgument(name, meaning.Value, start);
                break;
            case TokenKind.Structure when meaning.Value.StartsWith("drop", StringComparison.Ordinal)
                || meaning.Value == "define":
                DropArguments(meaning.Value);
                break;
            case TokenKind.Bar or TokenKind.DoubleBar when name[1] is 'l' or 'r':
                nextSide = name[1] == 'l' ? Side.Left : Side.Right;
                AddMeaning(meaning, start, at);
                break;
            default:
                AddMeaning(meaning, start, at);
                break;
        }
    }

    private void AddUnknown(string name, int start)
    {
        string word = name[1..];
        choices.Add(new Choice(new SourceSpan(start, at - start), $"{name}: an unknown macro, read as a name",
            "another sign"));
        AddLetter(word, start, at, word.Length > 1 ? Alphabet.Upright : null);
    }

    private void ReadEscape(int start)
    {
        char c = start + 1 < end ? text[start + 1] : ' ';
        at = Math.Min(end, start + 2);
        switch (c)
        {
            case '(' or ')' or '[' or ']' or ' ' or '\n' or '\r' or '\t' or '$' or '-' or '/' or '@':
                afterSpace = true;
                break;
            case '_':
                AddAt(TokenKind.Sub, "_", start, at);
                break;
            case '*':
                AddAt(TokenKind.Times, "Star", start, at);
                break;
            case '%':
                AddAt(TokenKind.Words, "%", start, at);
                break;
            case '\\':
                AddAt(TokenKind.RowBreak, "row", start, at);
                SkipRowHeight();
                break;
            default:
                if (!Notation.TryFind(text.AsSpan(start, at - start), out Meaning meaning))
                    throw Errors.At($"`\\{c}` means nothing in a formula", start, "a macro", text);
                if (meaning.Kind != TokenKind.Skip)
                    AddMeaning(meaning, start, at);
                break;
        }
    }

    // \\[2pt]
    private void SkipRowHeight()
    {
        if (at < end && text[at] == '*')
            at++;
        if (at + 1 < end && text[at] == '[' && (char.IsAsciiDigit(text[at + 1]) || text[at + 1] is '-' or '.'))
        {
            int close = text.IndexOf(']', at);
            if (close > 0 && close - at < 12)
                at = close + 1;
        }
    }

    private void ReadEnvironment(string name, int start)
    {
        SkipSpaces();
        int close = at < end && text[at] == '{' ? text.IndexOf('}', at) : -1;
        if (close < 0)
            throw Errors.Expected("the name of an environment in braces", at, text, $" after {name}");
        string environment = text[(at + 1)..close].Trim().TrimEnd('*');
        at = close + 1;
        bool begins = name == "\\begin";
        AddAt(begins ? TokenKind.Begin : TokenKind.Finish, environment, start, at);
        if (begins && environment is "array" or "tabular" or "alignedat" or "alignat" or "darray")
            DropArguments("drop1");
        if (begins)
            groups.Push(new Group(Alphabet.Plain, Script.None, 'e', start));
        else if (groups.Count > 1 && groups.Peek().Closing == 'e')
            groups.Pop();
        else
            throw Errors.At($"\\end{{{environment}}} ends nothing that began before it", start,
                "an operator or the end", text);
    }

    private void SwitchAlphabet(string name, Alphabet alphabet)
    {
        int next = at;
        while (next < end && text[next] == ' ')
            next++;
        if (name is "\\bf" or "\\cal" or "\\boldmath" && !(next < end && text[next] == '{'))
        {
            Group group = groups.Pop();
            groups.Push(group with { Alphabet = alphabet });
        }
        else
            nextAlphabet = alphabet;
    }

    // Things that are set but say nothing: \hspace{1em}, \tag{3}, \color{red}, definitions of macros.
    private void DropArguments(string how)
    {
        int groupsToDrop = how == "define" ? 2 : 1;
        for (int dropped = 0; dropped < groupsToDrop;)
        {
            SkipSpaces();
            if (at < end && text[at] == '{')
            {
                at = ClosingBrace(at) + 1;
                dropped++;
            }
            else if (at < end && text[at] == '[')
                at = Math.Max(at, text.IndexOf(']', at)) + 1;
            else if (at < end && how == "define" && text[at] == '\\')
            {
                at++;
                while (at < end && char.IsAsciiLetter(text[at]))
                    at++;
                dropped++;
            }
            else
                return;
        }
    }

    // The index of the brace that closes the one at a position.
    private int ClosingBrace(int open)
    {
        int depth = 0;
        for (int i = open; i < end; i++)
        {
            if (text[i] == '\\')
                i++;
            else if (text[i] == '{')
                depth++;
            else if (text[i] == '}' && --depth == 0)
                return i;
        }
        throw Errors.Expected("`}`", end, text, $" to close the `{{` at {open}");
    }

    private void SkipSpaces()
    {
        while (at < end && char.IsWhiteSpace(text[at]))
            at++;
    }
}
