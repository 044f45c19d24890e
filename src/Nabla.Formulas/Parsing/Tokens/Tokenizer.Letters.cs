using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

// Letters that stand together without a macro: a word, a name, or factors.
internal sealed partial class Tokenizer
{
    private static readonly string[] NamesWithDigits = ["log1p", "expm1"];

    private void ReadLetters()
    {
        int start = at;
        int stop = at;
        while (stop < end && char.IsAsciiLetter(text[stop]))
            stop++;
        if (nextAlphabet is not null)
        {
            AddLetter(text[start..(start + 1)], start, start + 1);
            return;
        }
        bool mayBeName = isLatex && (stop - start > 1 || groups.Peek().Script != Script.None);
        if (mayBeName && EndOfEscapedName(stop) is var name && name > stop)
        {
            AddLetter(text[start..name].Replace("\\_", "_"), start, name, Alphabet.Upright);
            return;
        }
        if (groups.Peek().Script == Script.Below && text.AsSpan(start, end - start) is [_, '2', var to, '}', ..]
            && char.IsAsciiLetter(to) && text[start - 1] == '{')
        {
            AddLetter(text[start..(start + 3)], start, start + 3, Alphabet.Upright); // L_{i2t}: from image to text
            return;
        }
        TokenKind before = tokens.Count > 0 ? tokens[^1].Kind : TokenKind.Comma;
        Script inside = groups.Peek().Script;
        bool isWord = stop - start > 1 && groups.Peek().Alphabet is Alphabet.Calligraphic or Alphabet.Blackboard;
        if (isWord)
            AddLetter(text[start..stop], start, stop);
        else if (before == TokenKind.Sub)
            ReadBareBelow(start, stop);
        else if (before == TokenKind.Sup)
            ReadBareAbove(start, stop);
        else if (inside != Script.None && before is TokenKind.GroupOpen or TokenKind.Comma && IsWholeItem(stop))
            ReadInScript(start, stop, inside);
        else
            ReadRun(start, stop);
    }

    private bool IsWholeItem(int stop)
    {
        while (stop < end && text[stop] == ' ')
            stop++;
        return stop < end && text[stop] is '}' or ',' or '<';
    }

    // x_t, W_ij, d_model, alpha_bar_t, and w_ix_i, in which only the i is below.
    private void ReadBareBelow(int start, int stop)
    {
        string run = text[start..stop];
        bool isWord = run.Length > 1
            && (Notation.IsGreek(run) || run is "hat" or "bar" or "tilde" or "star" or "prime");
        bool isBeforeMark = run.Length == 2 && stop < end && text[stop] == '_'; // k_tv_t
        bool firstOnly = run.Length > 1 && !isWord && (isLatex
            ? isBeforeMark
                || !(LabelWords.IsLabelAbove(run) || run.All(char.IsAsciiLetterUpper) && run.Length is 2 or 3)
            : run.Length == 2 && (stop < end && text[stop] == '_' && char.IsAsciiLetterLower(run[0])
                                  || char.IsAsciiLetterUpper(run[0]) && char.IsAsciiLetterLower(run[1])));
        if (firstOnly)
            AddLetter(run[..1], start, start + 1);
        else if (isWord || run.Length == 1)
            AddLetter(GreekOrSame(run), start, stop);
        else
            AddLabelWithDigits(run, start, stop);
    }

    // X_int8, W_fp16: the digits belong to the word.
    private void AddLabelWithDigits(string run, int start, int stop)
    {
        int last = stop;
        while (!isLatex && last < end && char.IsAsciiDigit(text[last]) && !LabelWords.AreIndices(run, boundLetters))
            last++;
        AddLabel(text[start..last], start, last, isBare: true);
    }

    // kv\_heads
    private int EndOfEscapedName(int stop)
    {
        while (stop + 2 < end && text[stop] == '\\' && text[stop + 1] == '_' && char.IsAsciiLetter(text[stop + 2]))
            stop = EndOfWord(stop + 2);
        return stop;
    }

    // w^T x, X^TX, W^Q, theta^old
    private void ReadBareAbove(int start, int stop)
    {
        string run = text[start..stop];
        if (IsCalledAbove(run, start, stop) && Notation.TryFind(run, out Meaning function))
        {
            AddMeaning(function, start, stop);
            return;
        }
        bool isWhole = run.Length > 1 && (LabelWords.IsLabelAbove(run) || Notation.IsGreek(run)) && !isLatex;
        // L^CLIP, but X^TAB is X transposed times A and B
        bool isAcronym = !isLatex && run.Length > 2 && run[0] != 'T' && run.All(char.IsAsciiLetterUpper);
        if (isAcronym)
            AddLetter(run, start, stop, Alphabet.Upright);
        else if (isWhole)
            AddLetter(GreekOrSame(run), start, stop);
        else
            AddLetter(run[..1], start, start + 1);
    }

    // gamma ** floor(t / s), x^sqrt(2): a function is applied above as elsewhere; V^max(s), L^clip(θ) carry a label.
    private bool IsCalledAbove(string run, int start, int stop) => !isLatex && stop < end && text[stop] == '('
        && Notation.TryFind(run, out Meaning meaning)
        && (text.AsSpan(0, start).TrimEnd().EndsWith("**")
            ? meaning.Kind is TokenKind.Function or TokenKind.Big or TokenKind.Radical
            : meaning.Kind is TokenKind.Function or TokenKind.Radical && run != "clip");

    private void ReadInScript(int start, int stop, Script script)
    {
        string run = text[start..stop];
        if (run == "inf" && script == Script.Above)
            AddLetter("infinity", start, stop);
        else if (run.Length == 1 || Notation.IsGreek(run))
            AddLetter(GreekOrSame(run), start, stop);
        else if (script == Script.Below)
            AddLabel(run, start, stop, isBare: false);
        else if (LabelWords.IsLabelAbove(run) || IsMatrixLabel(run))
            AddLetter(run, start, stop, Alphabet.Upright);
        else
            ReadRun(start, stop);
    }

    // W^{QK}, W^{DKV}, c^{KV}: capitals above a name say which one it is; above ℝ they are sizes, above e a product.
    private bool IsMatrixLabel(string run) => run.Length <= 3 && run.All(char.IsAsciiLetterUpper)
        && NameBelow() is { Alphabet: not Alphabet.Blackboard } name && name.Value is not "e";

    // The letter that carries the script whose brace was just opened: W of W^{, c of c_t^{.
    private Token? NameBelow()
    {
        if (tokens is not [.., var carrier, { Kind: TokenKind.Sup }, { Kind: TokenKind.GroupOpen }])
            return null;
        if (tokens is [.., { Kind: TokenKind.Letter } named, { Kind: TokenKind.Sub }, _, _, _])
            return named;
        return carrier.Kind == TokenKind.Letter ? carrier : null;
    }

    private static string GreekOrSame(string run) =>
        run.Length > 1 && Notation.TryFind(run, out Meaning meaning) && meaning.Kind == TokenKind.Letter
            ? meaning.Value : run;

    private void AddLabel(string run, int start, int stop, bool isBare)
    {
        if (!LabelWords.AreIndices(run, boundLetters))
        {
            AddLetter(run, start, stop, Alphabet.Upright);
            return;
        }
        choices.Add(new Choice(new SourceSpan(start, stop - start),
            $"{run}: the indices {string.Join(" and ", run.ToCharArray())}", "one label"));
        if (isBare)
            AddAt(TokenKind.GroupOpen, "{", start, start);
        for (int i = start; i < stop; i++)
            AddLetter(text[i].ToString(), i, i + 1);
        if (isBare)
            AddAt(TokenKind.GroupClose, "}", stop, stop);
    }

    private void ReadRun(int start, int stop)
    {
        if (EndOfTermCount(start, stop) is var count && count > start)
        {
            AddLetter(text[start..count], start, count, Alphabet.Upright);
            at = count;
            return;
        }
        if (EndOfIdentifier(start, stop) is var identifier && identifier > stop)
        {
            AddName(start, identifier);
            at = identifier;
            return;
        }
        if (IsCodeName(start, stop) || stop < end && text[stop] == '@' && LabelWords.IsMeasure(text[start..stop]))
        {
            AddName(start, stop);
            return;
        }
        if (ReadTwoWords(start, stop) || ReadRate(start, stop) || ReadPhrase(start)
            || ReadNumberedFunction(start, stop) || ReadKnownWord(start, stop))
            return;
        ReadOnlySpan<char> run = text.AsSpan(start, stop - start);
        if (IsNameInCode(run))
        {
            choices.Add(new Choice(new SourceSpan(start, stop - start), $"{run}: one name, as in code",
                $"the product of {string.Join(", ", run.ToArray())}"));
            AddName(start, stop);
            ReadDigitsBelow(stop);
            return;
        }
        int beforeAccent = isLatex ? 0 : LetterRun.LengthBeforeAccent(run, out _);
        if (beforeAccent > 0)
            AddAccentedWord(start, stop, beforeAccent);
        else if (IsOneName(run, stop))
            AddName(start, stop);
        else
            AddFactors(start, stop);
        ReadDigitsBelow(stop);
    }

    private bool IsOneName(ReadOnlySpan<char> run, int stop)
    {
        if (run.Length == 1 || run.SequenceEqual(declaredName)
            || run.Length > 2 && !isLatex && LabelWords.IsMeasure(run.ToString())) // idcg
            return true;
        bool isApplied = stop < end && text[stop] == '(';
        if (isApplied && run.Length == 2 && char.IsAsciiLetterUpper(run[0]) && char.IsAsciiLetterUpper(run[1])
            && (run[0] == run[1] || HasComma(stop)))
            return true;
        bool isDifferential = run[0] == 'd' && Notation.IsGreek(run[1..].ToString());
        bool isLongEnough = !isLatex || run.Length >= 4
            || isApplied && run.Length == 3 && !run.ContainsAnyInRange('a', 'z');
        return (isLongEnough && LetterRun.IsName(run, isApplied) || IsIdentifier(run, stop)) && !isDifferential;
    }

    // max_norm / ‖g‖, exp(log_prob − …): a name of code, because nothing follows that the function could take.
    private bool IsCodeName(int start, int stop)
    {
        if (isLatex || stop >= end || text[stop] != '_')
            return false;
        int last = stop + 1;
        while (last < end && char.IsAsciiLetterLower(text[last]))
            last++;
        string below = text[(stop + 1)..last];
        bool isName = text.AsSpan(start, stop - start).ContainsAnyInRange('a', 'z');
        return isName && below.Length > 1 && !Notation.IsGreek(below) && EndsOperand(last);
    }

    // Whether nothing follows that could be taken as an argument.
    private bool EndsOperand(int last)
    {
        while (last < end && text[last] == ' ')
            last++;
        return last == end || text[last] is '/' or '*' or '+' or '-' or ')' or ',' or '=' or '^' or ']' or '}'
                or '<' or '>' or ';' or '|'
            || text[(last)..EndOfWord(last)] is "else" or "if" or "for" or "and" or "or" or "where";
    }

    // kv_bytes, lr_max: small letters before an underscore and a word, as in code.
    private bool IsIdentifier(ReadOnlySpan<char> run, int stop) =>
        !isLatex && run.Length is 2 or 3 && !run.ContainsAnyInRange('A', 'Z') && stop + 3 < end && text[stop] == '_'
        && !text.AsSpan(stop + 1, 3).ContainsAnyExceptInRange('a', 'z');

    // IG(S, A), PP(W): two letters before several arguments are one name, and one letter twice is, too.
    private bool HasComma(int open)
    {
        int depth = 0;
        for (int i = open; i < end && i < open + 60; i++)
        {
            depth += text[i] switch { '(' => 1, ')' => -1, _ => 0 };
            if (depth == 0)
                return false;
            if (depth == 1 && text[i] == ',')
                return true;
        }
        return false;
    }

    private void AddName(int start, int stop)
    {
        string name = text[start..stop];
        AddLetter(name, start, stop, name.Length > 1 ? Alphabet.Upright : null);
    }

    private void AddFactors(int start, int stop)
    {
        string run = text[start..stop];
        if (run.Length > 2 && run.StartsWith('d') && Notation.IsGreek(run[1..]))
        {
            AddLetter("d", start, start + 1);
            AddLetter(GreekOrSame(run[1..]), start + 1, stop);
            return;
        }
        if (!isLatex && run[0] != 'd')
        {
            choices.Add(new Choice(new SourceSpan(start, stop - start),
                $"{run}: the product of {string.Join(", ", run.ToCharArray())}", "one name"));
        }
        for (int i = start; i < stop; i++)
            AddLetter(text[i].ToString(), i, i + 1);
    }

    private void AddAccentedWord(int start, int stop, int letters)
    {
        LetterRun.LengthBeforeAccent(text.AsSpan(start, stop - start), out string accent);
        AddLetter(GreekOrSame(text.Substring(start, letters)), start, start + letters);
        if (accent == "star")
        {
            AddAt(TokenKind.Sup, "^", start + letters, stop);
            AddAt(TokenKind.Times, "Star", stop, stop);
        }
        else
            AddAt(TokenKind.CombiningAccent, accent, start + letters, stop);
    }

    // x1 as typed means x with the index 1.
    private void ReadDigitsBelow(int stop)
    {
        if (isLatex || stop >= end || !char.IsAsciiDigit(text[stop]))
            return;
        int digits = stop;
        while (digits < end && char.IsAsciiDigit(text[digits]))
            digits++;
        if (digits < end && (text[digits] == 'π' || text.AsSpan(digits).StartsWith("pi")))
            return; // j2πk is j times 2π
        int last = ReadAccentBehind(digits);
        AddAt(TokenKind.Sub, "_", stop, stop);
        AddAt(TokenKind.Number, text[stop..digits], stop, digits);
        at = last;
    }

    // The _bar of x1_bar stands above the x.
    private int ReadAccentBehind(int digits)
    {
        if (digits + 1 >= end || text[digits] != '_')
            return digits;
        int stop = EndOfWord(digits + 1);
        string accent = text[(digits + 1)..stop];
        if (accent is not ("hat" or "bar" or "tilde"))
            return digits;
        AddAt(TokenKind.CombiningAccent, accent, digits, stop);
        return stop;
    }

    // belongs to, such that, arg max
    private bool ReadTwoWords(int start, int stop)
    {
        int next = stop;
        while (next < end && text[next] == ' ')
            next++;
        int nextStop = next;
        while (nextStop < end && char.IsAsciiLetter(text[nextStop]))
            nextStop++;
        if (next == stop || nextStop == next)
            return false;
        string words = text[start..stop] + " " + text[next..nextStop];
        return Notation.TryFind(words, out Meaning meaning) && AddMeaning(meaning, start, nextStop);
    }

    // log2, log10, atan2, log1p
    private bool ReadNumberedFunction(int start, int stop)
    {
        int digits = stop;
        while (digits < end && char.IsAsciiDigit(text[digits]))
            digits++;
        if (digits == stop)
            return false;
        if (Notation.TryFind(text.AsSpan(start, digits - start), out Meaning whole))
            return AddMeaning(whole, start, digits);
        if (text.AsSpan(start, stop - start) is "ln" && Notation.TryFind("ln", out Meaning natural)
            && !(digits < end && text[digits] == '(')) // ln2/k
            return AddMeaning(natural, start, stop) && AddAt(TokenKind.Number, text[stop..digits], stop, digits);
        foreach (string name in NamesWithDigits)
            if (text.AsSpan(start).StartsWith(name + "("))
            {
                AddLetter(name, start, start + name.Length, Alphabet.Upright);
                return true;
            }
        if (text.AsSpan(start, stop - start) is not "log")
            return false;
        AddAt(TokenKind.Function, "log", start, stop);
        AddAt(TokenKind.Sub, "_", stop, stop);
        return AddAt(TokenKind.Number, text[stop..digits], stop, digits);
    }

    private bool ReadKnownWord(int start, int stop)
    {
        if (!Notation.TryFind(text.AsSpan(start, stop - start), out Meaning meaning))
            return false;
        if (meaning.Value == "inf" && !isLatex && EndsOperand(stop))
        {
            AddLetter("infinity", start, stop);
            return true;
        }
        bool isShort = stop - start < 3 && isLatex
            && !(text[start..stop] is "TP" or "FP" or "FN" or "TN" or "PE" or "SS" or "BP"
            || stop < end && text[stop] is '(' or '['
                && (char.IsAsciiLetterUpper(text[stop - 1]) || text[start..stop] is "sg" or "Pr"));
        if (isShort || text.AsSpan(start, stop - start).SequenceEqual(declaredName))
            return false;
        if (meaning.Kind == TokenKind.Letter)
            AddGreek(meaning.Value, start, stop);
        else
            AddMeaning(meaning, start, stop);
        if (meaning.Kind is TokenKind.Letter or TokenKind.Function)
            ReadDigitsBelow(stop);
        return true;
    }
}
