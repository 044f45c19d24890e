namespace Nabla.Formulas.Parsing.Tokens;

// Names of programs: exp_avg, old_log_prob, running_mean.
internal sealed partial class Tokenizer
{
    private bool? writesStars, countsDecisions, sharesDecisions, hasDifferentials, speaksOfMeans;

    // Where words in small letters with underscores between them end: one name, for nobody puts a word below a word.
    private int EndOfIdentifier(int start, int stop)
    {
        if (isLatex)
            return stop;
        if (text.AsSpan(start, stop - start) is "sqrt" && stop < end && text[stop] == '_' && stop + 1 < end
            && char.IsAsciiLetter(text[stop + 1]))
            return EndOfMember(stop); // sqrt_alpha_bar, for a root is written with a bracket
        if (stop - start == 1 && char.IsAsciiLetterLower(text[start]))
            return EndOfLetterWithWords(stop);
        if (!IsPartOfIdentifier(start, stop))
            return stop;
        int last = stop;
        while (last + 1 < end && text[last] == '_')
        {
            int next = last + 1;
            while (next < end && char.IsAsciiLetterLower(text[next]))
                next++;
            if (EndOfNumbered(start, stop, last + 1, next) is var numbered && numbered > next)
                return numbered;
            bool goesOn = next < end && char.IsAsciiLetterUpper(text[next]);
            if (goesOn || !IsPartOfIdentifier(last + 1, next) || IsIndices(last + 1, next))
                break;
            last = next;
        }
        return IsOperator(start, stop) && !EndsOperand(last) ? stop : last;
    }

    // The l1 of smooth_l1: nobody puts a letter and its index below a word.
    private int EndOfNumbered(int start, int stop, int from, int to)
    {
        if (stop - start < 3 || to == from || to - from > 2
            || Notation.TryFind(text.AsSpan(start, stop - start), out _))
            return to;
        int digits = to;
        while (digits < end && char.IsAsciiDigit(text[digits]))
            digits++;
        return digits < end && (char.IsAsciiLetter(text[digits]) || text[digits] == '_') ? to : digits;
    }

    // n_kv_heads: a letter with two words or more below, one of them no short one, is a name of a program too.
    private int EndOfLetterWithWords(int stop)
    {
        int last = stop, words = 0;
        bool hasWord = false;
        while (last + 1 < end && text[last] == '_')
        {
            int next = last + 1;
            while (next < end && char.IsAsciiLetterLower(text[next]))
                next++;
            if (!IsPartOfIdentifier(last + 1, next))
                return stop;
            hasWord |= next - last > 4;
            words++;
            last = next;
        }
        return words > 1 && hasWord ? last : stop;
    }

    private bool IsPartOfIdentifier(int from, int to)
    {
        ReadOnlySpan<char> word = text.AsSpan(from, to - from);
        return word.Length > 1 && !word.ContainsAnyExceptInRange('a', 'z') && !Notation.IsGreek(word.ToString())
            && word is not ("hat" or "bar" or "tilde" or "vec" or "dot" or "star" or "prime");
    }

    private bool IsIndices(int from, int to) => LabelWords.AreIndices(text[from..to], boundLetters);

    // sum_words f(w) is a sum; max_norm / x is a name, for nothing follows that the sum could take.
    private bool IsOperator(int start, int stop) =>
        Notation.TryFind(text.AsSpan(start, stop - start), out Meaning meaning)
        && meaning.Kind is TokenKind.Big or TokenKind.Expectation or TokenKind.Nabla;

    // The tp of 2*tp / (2*tp + fp + fn), the lr_t of schedules: who puts a star into every product writes names of
    // several letters.
    private bool IsNameInCode(ReadOnlySpan<char> run)
    {
        if (run is ['d', var of])
            return !isLatex && IsStep(of) && (writesStars ??= WritesStars(text));
        bool isShort = run.Length is 2 or 3 && !run.ContainsAnyExceptInRange('a', 'z') && run[0] != 'd';
        return isShort && (isLatex ? run is "lr" && at + 2 < end && text[at + 2] == '_'
            : (writesStars ??= WritesStars(text)) || IsOfDecisions(run));
    }

    // h = dA * h + dB * x, lr * dx; dW = X.T * dY is read as gradients by their letters.
    private bool IsStep(char of) => (char.IsAsciiLetterUpper(of) ? tokens is [{ Value: not "d" }, ..]
            : !"wbzat".Contains(of)) && (hasDifferentials ??= HasDifferentials(text)) == false;

    // dL/dw, int f dx
    private static bool HasDifferentials(string text) => text.Contains("/d", StringComparison.Ordinal)
        || text.Contains("/ d", StringComparison.Ordinal) || text.Contains("int", StringComparison.Ordinal);

    // tp / (tp + fp), (po - pe) / (1 - pe): counts and shares of answers, of which one names another.
    private bool IsOfDecisions(ReadOnlySpan<char> run) => run switch
    {
        "tp" or "fp" or "tn" or "fn" => countsDecisions ??= HasTwo("tp", "fp", "tn", "fn"),
        "po" or "pe" => sharesDecisions ??= HasTwo("po", "pe"),
        "sd" => speaksOfMeans ??= HasWord("mu") || HasWord("mean"), // (x - mu) / sd
        _ => false,
    };

    private bool HasTwo(params string[] words) => words.Count(HasWord) > 1;

    private bool HasWord(string word)
    {
        for (int i = text.IndexOf(word, StringComparison.Ordinal); i >= 0;
            i = text.IndexOf(word, i + 1, StringComparison.Ordinal))
        {
            if ((i == 0 || !char.IsAsciiLetter(text[i - 1]))
                && (i + word.Length >= end || !char.IsAsciiLetter(text[i + word.Length])))
                return true;
        }
        return false;
    }

    private static bool WritesStars(string text) => text.Contains('*') && System.Text.Ascii.IsValid(text)
        && !text.Contains('\\') && (!text.Contains('^') || text.Contains("**", StringComparison.Ordinal));

    // tf_{t,d}, df(t), tf-idf(t, d): how often words stand in texts, no product and no differential; top-k(x).
    private int EndOfTermCount(int start, int stop)
    {
        string word = text[start..stop];
        if (word is "top" or "Top" && text.AsSpan(stop, end - stop) is ['-', 'k' or 'p' or 'K', '(', ..])
            return stop + 2;
        if (word is not ("tf" or "df" or "idf" or "TF" or "DF" or "IDF"))
            return start;
        int last = word is "tf" or "TF" && text.AsSpan(stop).StartsWith("-idf", StringComparison.OrdinalIgnoreCase)
            ? stop + 4 : stop;
        bool carries = last < end && text[last] is '_' or '(';
        bool isMeant = text.Contains("idf", StringComparison.OrdinalIgnoreCase)
            && !(last < end && char.IsLetterOrDigit(text[last]));
        bool isKnown = last > stop || word is "idf" or "IDF" || text.Contains("tf_", StringComparison.OrdinalIgnoreCase)
            || text.Contains("tf(", StringComparison.OrdinalIgnoreCase)
            || text.Contains("idf", StringComparison.OrdinalIgnoreCase);
        return isKnown && (carries || isMeant || last > stop) ? last : start;
    }
}
