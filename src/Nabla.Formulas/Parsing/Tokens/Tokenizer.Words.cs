using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

// Words inside \text{…}, \mathrm{…} and \operatorname{…}.
internal sealed partial class Tokenizer
{
    private const int MostWordsInName = 5;
    private const int MostWordsInText = 30;

    private void ReadTextArgument(string macro, string kind, int start)
    {
        SkipSpaces();
        if (at >= end)
            throw Errors.Expected("`{`", at, text, $" after {macro}");
        if (text[at] == '\\')
        {
            // \mathrm\alpha: one macro, upright.
            nextAlphabet = Alphabet.Upright;
            return;
        }
        int from = at + 1;
        int stop;
        if (text[at] == '{')
        {
            stop = ClosingBrace(at);
            at = stop + 1;
        }
        else if (macro.Length == 3 && groups.Count > 1)
        {
            // {\rm KL}: to the end of the group.
            from = at;
            stop = Math.Max(at, text.IndexOf('}', at));
            at = stop;
        }
        else
        {
            from = at;
            stop = ++at;
        }
        AddText(from, stop, kind, start, at);
    }

    private void AddText(int from, int stop, string kind, int start, int tokenEnd)
    {
        string content = text[from..stop];
        if (content is "-" or "–" && JoinWords(stop))
            return;
        bool isMath = content.AsSpan().ContainsAny('^', '$', '=')
            || kind == "name" && content.Replace("\\_", "").Contains('_')
            || content.Contains('\\') && Cleaned(content).Contains('\\');
        if (isMath)
            AddMixture(from, stop, kind, tokenEnd);
        else
            AddWords(Cleaned(content.TrimEnd('@')), start, tokenEnd);
        at = tokenEnd;
        if (content.EndsWith('@'))
            ReadCutOff(at, isMeasure: true);
    }

    // tf\text{-}idf: the hyphen between two words makes one name of them.
    private bool JoinWords(int close)
    {
        int from = close + 1, last = from;
        while (last < end && char.IsAsciiLetterOrDigit(text[last]))
            last++;
        if (last == from || afterSpace || tokens is not [.., { Kind: TokenKind.Letter } first]
            || first.Value.Length == 1 && last - from == 1)
            return false;
        tokens.RemoveAt(tokens.Count - 1);
        AddLetter($"{first.Value}-{text[from..last]}", first.Start, last, Alphabet.Upright);
        at = last;
        return true;
    }

    // P@k, NDCG@10: a measure of the first k results, no product.
    private bool ReadCutOff(int from, bool isMeasure = false)
    {
        if (tokens.Count == 0 || tokens[^1].Kind != TokenKind.Letter || afterSpace
            || !(isMeasure || LabelWords.IsMeasure(tokens[^1].Value)))
            return false;
        int stop = from;
        while (stop < end && char.IsAsciiLetterOrDigit(text[stop]))
            stop++;
        ReadOnlySpan<char> count = text.AsSpan(from, stop - from);
        if (count is not ("k" or "K" or "n" or "N") && (count.IsEmpty || count.ContainsAnyExceptInRange('0', '9')))
            return false;
        Token measure = tokens[^1];
        tokens.RemoveAt(tokens.Count - 1);
        AddLetter($"{measure.Value}@{count}", measure.Start, stop, Alphabet.Upright);
        at = stop;
        return true;
    }

    private static string Cleaned(string content)
    {
        string cleaned = content.Replace("\\,", " ").Replace("\\ ", " ").Replace("\\;", " ").Replace("\\!", "")
            .Replace("\\_", "_").Replace("\\#", "#").Replace("\\&", "&").Replace("\\%", "%").Replace("\\-", "")
            .Replace('~', ' ').Replace("{}", "").Replace("\\:", " ").Replace("\\quad", " ").Replace("\\max", "max")
            .Replace("\\min", "min");
        return string.Join(' ', cleaned.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
    }

    // Formulas inside of words: \text{if $x > 0$}, \mathrm{d}x^2, \operatorname{arg\,max}.
    private void AddMixture(int from, int stop, string kind, int tokenEnd)
    {
        int outerEnd = stop;
        if (kind == "name")
        {
            AddAt(TokenKind.GroupOpen, "{", from - 1, from);
            ReadRange(from, outerEnd, Alphabet.Upright);
            AddAt(TokenKind.GroupClose, "}", outerEnd, tokenEnd);
            return;
        }
        bool inFormula = false;
        int part = from;
        for (int i = from; i <= outerEnd; i++)
        {
            if (i < outerEnd && text[i] != '$')
                continue;
            if (inFormula)
                ReadRange(part, i, Alphabet.Plain);
            else if (i > part)
                AddWords(Cleaned(text[part..i]), part, i);
            inFormula = !inFormula;
            part = i + 1;
        }
    }

    private void ReadRange(int from, int stop, Alphabet alphabet)
    {
        if (groups.Count > BracketMap.DeepestNesting)
            throw Errors.At("words lie too deep within one another", from, "a simpler formula", text);
        groups.Push(new Group(alphabet, Script.None, 't', from));
        int depth = groups.Count;
        at = from;
        while (at < stop)
            ReadOne();
        if (groups.Count != depth)
            throw Errors.Expected("`}`", stop, text, " in words");
        groups.Pop();
    }

    private void AddWords(string words, int start, int stop)
    {
        if (words.Length == 0)
            return;
        if (words.AsSpan().Count(' ') > MostWordsInText)
        {
            AddAt(TokenKind.Words, words, start, stop);
            return;
        }
        if (words.Contains(' ') && !Notation.TryFind(words, out _) && AddLeadingWord(words, start, stop))
            return;
        if (tokens.Count == 0 && words.Length > 2 && words[^1] == ':' && !words.Contains(' '))
        {
            AddLetter(words[..^1], start, stop, Alphabet.Upright);
            AddAt(TokenKind.Colon, ":", stop, stop);
            return;
        }
        if (words.Contains(" + ", StringComparison.Ordinal))
        {
            AddSumOfWords(words.Split(" + "), start, stop);
            return;
        }
        string bare = Notation.TryFind(words, out _) ? words : words.TrimEnd(',', ':', '.').TrimStart(',').Trim();
        if (bare.Length == 0)
            AddAt(TokenKind.Gap, "gap", start, stop);
        else if (bare.Length > 1 && Notation.TryFind(bare, out Meaning meaning) && meaning.Kind != TokenKind.Letter
                 && !IsInScriptAlone())
            AddMeaning(meaning, start, stop);
        else if (bare.Length == 1)
            AddLetterInText(bare, start, stop);
        else if (bare.AsSpan().Count(' ') >= MostWordsInName)
            AddAt(TokenKind.Words, bare, start, stop);
        else
            AddLetter(bare, start, stop, Alphabet.Upright);
    }

    // \text{True Positives + False Positives}
    private void AddSumOfWords(string[] terms, int start, int stop)
    {
        for (int i = 0; i < terms.Length; i++)
        {
            if (i > 0)
                AddAt(TokenKind.Plus, "+", start, stop);
            AddWords(terms[i], start, stop);
        }
    }

    private void AddLetterInText(string letter, int start, int stop)
    {
        if (letter == "E")
            AddAt(TokenKind.Expectation, "E", start, stop);
        else if (letter == "T" && tokens.Count > 0 && IsAbove())
            AddLetter("⊤", start, stop, Alphabet.Upright);
        else if (char.IsLetterOrDigit(letter[0]))
            AddLetter(letter, start, stop, Alphabet.Upright);
        else
            AddAt(TokenKind.Gap, "gap", start, stop);
    }

    // "for all i", "if x is positive": the word that joins, then the rest.
    private bool AddLeadingWord(string words, int start, int stop)
    {
        for (int space = words.LastIndexOf(' '); space > 0; space = words.LastIndexOf(' ', space - 1))
        {
            if (!Notation.TryFind(words.AsSpan(0, space), out Meaning meaning)
                || meaning.Kind is not (TokenKind.Tail or TokenKind.Connective))
                continue;
            AddMeaning(meaning, start, stop);
            AddWords(words[(space + 1)..], start, stop);
            return true;
        }
        return false;
    }

    private bool IsAbove() => tokens[^1].Kind == TokenKind.Sup
        || tokens[^1].Kind == TokenKind.GroupOpen && tokens.Count > 1 && tokens[^2].Kind == TokenKind.Sup;

    // Whether words stand right after _ or ^ or the brace there: a label, whatever the words mean elsewhere.
    private bool IsInScriptAlone() => tokens.Count > 0
        && (tokens[^1].Kind is TokenKind.Sub or TokenKind.Sup
            || tokens[^1].Kind == TokenKind.GroupOpen && groups.Peek().Script != Script.None);
}
