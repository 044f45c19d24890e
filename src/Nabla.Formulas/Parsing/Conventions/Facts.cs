using Nabla.Formulas.Parsing.Tokens;

namespace Nabla.Formulas.Parsing.Conventions;

/// <summary>
/// What the whole formula says about its letters; a reader looks at it before settling what one place means.
/// </summary>
internal sealed class Facts
{
    private readonly Dictionary<string, Part> parts = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> above = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> carriers = new(StringComparer.Ordinal);
    private bool hasStep;
    private string? starred;

    // The parts a letter plays somewhere in the formula; each is told of below.
    [Flags]
    private enum Part
    {
        None = 0,
        Applied = 1,
        AppliedToOne = 2,
        NumberedAbove = 4,
        Polynomial = 8,
        InItsBracket = 16,
        Defined = 32,
        Quantity = 64,
        Subscripted = 128,
        Index = 256,
        Set = 512,
        Given = 1024,
        OnlyArgument = 2048,
        Barred = 4096,
    }

    /// <summary>
    /// Whether the letter is somewhere applied to several arguments, or to some that a bar or semicolon parts.
    /// </summary>
    public bool IsApplied(string letter) => Is(letter, Part.Applied);

    /// <summary>Whether the letter is somewhere applied to a single name.</summary>
    public bool IsAppliedToOne(string letter) => Is(letter, Part.AppliedToOne);

    /// <summary>Whether a 1 stands somewhere above the letter, so that numbers above it are labels.</summary>
    public bool IsNumberedAbove(string letter) => Is(letter, Part.NumberedAbove) && !Is(letter, Part.Polynomial);

    /// <summary>Whether a letter is computed with in a bracket behind itself: p(1 − p), p(log p − 1).</summary>
    public bool IsInItsBracket(string letter) => Is(letter, Part.InItsBracket);

    /// <summary>Whether the formula says what letter(…) is: f(x) = ….</summary>
    public bool IsDefined(string letter) => Is(letter, Part.Defined);

    /// <summary>
    /// Whether the letter stands somewhere as a quantity of its own, neither applied nor above another.
    /// </summary>
    public bool IsQuantity(string letter) => Is(letter, Part.Quantity);

    /// <summary>Whether the letter carries a subscript somewhere.</summary>
    public bool HasSubscript(string letter) => Is(letter, Part.Subscripted);

    /// <summary>Whether the letter stands below another.</summary>
    public bool IsIndex(string letter) => Is(letter, Part.Index);

    /// <summary>Whether the letter is a set: ∪ or ∩ stands beside it, or something is said to lie in it.</summary>
    public bool IsSet(string letter) => Is(letter, Part.Set);

    /// <summary>Whether the letter's probability given something occurs: p(y | x).</summary>
    public bool IsGiven(string letter) => Is(letter, Part.Given);

    /// <summary>
    /// Whether what stands above a letter tells several apart: f(xᵃ), f(xᵖ), where two letters or more stand above the
    /// x, of which none stands anywhere else, and an x with one of them is all that something is applied to.
    /// </summary>
    public bool IsToldApartAbove(string letter, string mark) => Is(letter, Part.OnlyArgument)
        && above[letter] is { Count: > 1 } marks && marks.Contains(mark)
        && !marks.Any(each => Is(each, Part.Quantity | Part.Applied | Part.Index));

    /// <summary>Whether documents and their words are spoken of, so that |d| is a length.</summary>
    public bool CountsWords { get; private set; }

    /// <summary>Whether Δ before this letter is a step size: exp(ΔA), and then ΔB as well; B̄ = ΔB.</summary>
    public bool IsStepSizeBefore(string letter) => letter is "A" or "B" && (hasStep || Is(letter, Part.Barred));

    /// <summary>Whether a letter has now a T and now an S above it: the teacher's and the student's.</summary>
    public bool IsTaught(string letter) => carriers.TryGetValue("T", out HashSet<string>? teachers)
        && carriers.TryGetValue("S", out HashSet<string>? students) && teachers.Contains(letter)
        && students.Contains(letter) && letter is "p" or "q" or "y" or "z" or "f" or "F" or "h" or "P";

    /// <summary>Whether an index stands above several letters that have another index below: Σⱼ tᵢʲ log yᵢʲ.</summary>
    public bool IsIndexAbove(string mark) => Is(mark, Part.Index) && carriers.TryGetValue(mark, out var letters)
        && letters.Count > 1;

    /// <summary>Whether UΣV is written, so that V* is transposed.</summary>
    public bool IsDecomposed => Is("Sigma", Part.Quantity) && Is("U", Part.Quantity) && Is("V", Part.Quantity);

    /// <summary>Whether the formula begins with this letter, starred and applied: V*(s) = ….</summary>
    public bool IsStarred(string letter) => starred == letter;

    /// <summary>Goes once through all tokens.</summary>
    public static Facts Of(List<Token> tokens, BracketMap brackets)
    {
        var facts = new Facts();
        if (tokens is [{ Kind: TokenKind.Letter } first, { Value: "Star" }, { Kind: TokenKind.Open }, ..]
            && tokens[brackets.Partner(2) + 1].Kind == TokenKind.Relation)
            facts.starred = first.Value;
        for (int i = 0; i < tokens.Count; i++)
        {
            if (tokens[i].Kind == TokenKind.Letter)
                facts.Note(tokens, brackets, i);
            else if (tokens[i].Kind is TokenKind.Infix && tokens[i].Value is "∪" or "∩" or "∖")
                facts.NoteSets(tokens, i);
            else if (tokens[i] is { Kind: TokenKind.Relation, Value: "∈" or "∉" or "⊂" or "⊆" }
                && tokens[i + 1].Kind == TokenKind.Letter)
                facts.Note(tokens[i + 1].Value, Part.Set);
            else if (tokens[i].Kind == TokenKind.Sup)
                facts.NoteAbove(tokens, brackets, i);
            else if (tokens[i].Is(TokenKind.Function, "exp"))
                facts.NoteStep(tokens, i);
        }
        return facts;
    }

    private bool Is(string letter, Part part) => (parts.GetValueOrDefault(letter) & part) != Part.None;

    private void Note(string letter, Part part) => parts[letter] = parts.GetValueOrDefault(letter) | part;

    private void Note(List<Token> tokens, BracketMap brackets, int i)
    {
        string letter = tokens[i].Value;
        CountsWords |= letter is "IDF" or "idf" or "tf" or "TF" or "avgdl" or "avdl" or "BM25";
        TokenKind before = i > 0 ? tokens[i - 1].Kind : TokenKind.Comma;
        int accent = before == TokenKind.GroupOpen ? i - 2 : i - 1;
        if (tokens[i + 1].Is(TokenKind.CombiningAccent, "bar")
            || accent >= 0 && tokens[accent].Is(TokenKind.Accent, "bar"))
            Note(letter, Part.Barred);
        bool isBelow = before == TokenKind.Sub || before == TokenKind.GroupOpen && i > 1
            && tokens[i - 2].Kind == TokenKind.Sub;
        bool isAbove = before == TokenKind.Sup
            || before == TokenKind.GroupOpen && i > 1 && tokens[i - 2].Kind == TokenKind.Sup
                && tokens[i + 1].Kind == TokenKind.GroupClose;
        if (isBelow)
            Note(letter, Part.Index);
        if (tokens[i + 1].Kind == TokenKind.Sup
            && (tokens[i + 2].Is(TokenKind.Number, "1") && !IsHalved(tokens, i + 3)
                || tokens[i + 2].Kind == TokenKind.GroupOpen && tokens[i + 3].Is(TokenKind.Number, "1")
                    && tokens[i + 4].Kind == TokenKind.GroupClose))
            Note(letter, HasCoefficient(tokens, i) ? Part.Polynomial : Part.NumberedAbove);
        int next = BehindScripts(tokens, brackets, i, out bool hasSubscript);
        if (hasSubscript && (letter != "e" || tokens[i + 1].Kind == TokenKind.Sub))
            Note(letter, Part.Subscripted);
        if (before == TokenKind.Open && tokens[next].Kind is TokenKind.Bar or TokenKind.Mid)
            Note(letter, Part.Given);
        if (tokens[next].Is(TokenKind.Open, "(") && before is not (TokenKind.Sub or TokenKind.Sup))
            NoteApplication(tokens, brackets, letter, i, next);
        else if (!isBelow && !isAbove)
            Note(letter, Part.Quantity);
    }

    // x^1/2 as typed is a root.
    private static bool IsHalved(List<Token> tokens, int behind) =>
        tokens[behind] is { Kind: TokenKind.Slash, AfterSpace: false } && !tokens[behind + 1].AfterSpace;

    // 2x¹, a₁x¹: a term of a polynomial.
    private static bool HasCoefficient(List<Token> tokens, int i)
    {
        int number = i > 0 && tokens[i - 1].Kind == TokenKind.GroupClose ? i - 2 : i - 1;
        if (number < 0 || tokens[number].Kind != TokenKind.Number)
            return false;
        int before = number > 0 && tokens[number - 1].Kind == TokenKind.GroupOpen ? number - 2 : number - 1;
        return before < 0 || tokens[before].Kind != TokenKind.Sup;
    }

    private void NoteApplication(List<Token> tokens, BracketMap brackets, string letter, int i, int open)
    {
        if (IsInverted(tokens, i))
            return; // f⁻¹(x) does not say that f is a function
        if ((brackets.Inside(open) & CallConvention.Separators) != BracketMap.Content.Nothing)
            Note(letter, Part.Applied);
        if (brackets.Inside(open) == BracketMap.Content.Nothing)
            Note(letter, Part.AppliedToOne);
        bool begins = i == 0 || tokens[i - 1].Kind is TokenKind.Comma or TokenKind.Semicolon or TokenKind.RowBreak
                or TokenKind.Gap or TokenKind.Tail or TokenKind.Connective
            || tokens[i - 1].Kind == TokenKind.GroupClose && IsAccented(tokens, brackets, i);
        Token behind = tokens[brackets.Partner(open) + 1];
        if (begins && behind.Kind == TokenKind.Relation && behind.Value is "=" or "≜" or ":=" or "≈" or "≡" or "∝")
            Note(letter, Part.Defined);
        if (IsInItsBracket(tokens, brackets, letter, open))
            Note(letter, Part.InItsBracket);
    }

    private static bool IsInverted(List<Token> tokens, int i)
    {
        if (tokens[i + 1].Kind != TokenKind.Sup)
            return false;
        int sign = tokens[i + 2].Kind == TokenKind.GroupOpen ? i + 3 : i + 2;
        return tokens[sign].Kind == TokenKind.Minus && tokens[sign + 1].Is(TokenKind.Number, "1");
    }

    // p(1 − p), p_j(δ_jk − p_k), p(log p − log q)
    private static bool IsInItsBracket(List<Token> tokens, BracketMap brackets, string letter, int open)
    {
        int close = brackets.Partner(open);
        for (int i = open + 1; i < close; i++)
        {
            int before = tokens[i - 1].Kind == TokenKind.GroupOpen && tokens[i - 2].Kind == TokenKind.Accent
                ? i - 3 : tokens[i - 1].Kind == TokenKind.Accent ? i - 2 : i - 1;
            bool isFactor = tokens[i].Is(TokenKind.Letter, letter)
                && tokens[before].Kind is TokenKind.Minus or TokenKind.Plus or TokenKind.Function or TokenKind.Open
                && !tokens[BehindScripts(tokens, brackets, i, out _)].Is(TokenKind.Open, "(");
            if (isFactor)
                return true;
        }
        return false;
    }

    private static bool IsAccented(List<Token> tokens, BracketMap brackets, int i) =>
        tokens[i - 1].Kind == TokenKind.GroupClose && brackets.Partner(i - 1) > 0
        && tokens[brackets.Partner(i - 1) - 1].Kind == TokenKind.Accent;

    private void NoteSets(List<Token> tokens, int i)
    {
        foreach (int side in new[] { i - 1, i + 1 })
        {
            if (side >= 0 && tokens[side].Kind == TokenKind.Letter)
                Note(tokens[side].Value, Part.Set);
        }
    }

    // The small letter above another: a in xᵃ, x_i^{a}.
    private void NoteAbove(List<Token> tokens, BracketMap brackets, int sign)
    {
        int mark = tokens[sign + 1].Kind == TokenKind.GroupOpen ? sign + 2 : sign + 1;
        int behind = mark == sign + 1 ? mark + 1 : mark + 2;
        bool isLetter = behind < tokens.Count && tokens[mark] is { Kind: TokenKind.Letter, Value: [>= 'a' and <= 'z'] }
            && (mark == sign + 1 || tokens[mark + 1].Kind == TokenKind.GroupClose);
        int carrier = sign - 1;
        if (carrier > 1 && tokens[carrier - 1].Kind == TokenKind.Sub)
            carrier -= 2;
        else if (carrier > 1 && tokens[carrier].Kind == TokenKind.GroupClose
            && brackets.Partner(carrier) is > 1 and var open && tokens[open - 1].Kind == TokenKind.Sub)
            carrier = open - 2;
        bool isAlone = tokens[mark].Kind == TokenKind.Letter
            && (mark == sign + 1 || tokens[mark + 1].Kind == TokenKind.GroupClose);
        if (isAlone && carrier >= 0 && tokens[carrier].Kind == TokenKind.Letter)
            NoteCarrier(tokens[carrier].Value, tokens[mark].Value, hasIndex: carrier < sign - 1);
        if (!isLetter || carrier < 0 || tokens[carrier] is not { Kind: TokenKind.Letter, Value: [>= 'a' and <= 'z'] })
            return;
        string letter = tokens[carrier].Value;
        if (!above.TryGetValue(letter, out HashSet<string>? marks))
            above[letter] = marks = new(StringComparer.Ordinal);
        marks.Add(tokens[mark].Value);
        if (carrier > 0 && tokens[carrier - 1].Is(TokenKind.Open, "(") && tokens[behind].Kind == TokenKind.Close
            && carrier > 1 && tokens[carrier - 2].Kind is TokenKind.Letter or TokenKind.GroupClose)
            Note(letter, Part.OnlyArgument);
    }

    private void NoteCarrier(string letter, string mark, bool hasIndex)
    {
        if (!hasIndex && mark is not ("T" or "S"))
            return;
        if (!carriers.TryGetValue(mark, out HashSet<string>? letters))
            carriers[mark] = letters = new(StringComparer.Ordinal);
        letters.Add(letter);
    }

    // exp(ΔA), exp(Δ_t A)
    private void NoteStep(List<Token> tokens, int i)
    {
        int matrix = i + 3 < tokens.Count && tokens[i + 3].Kind == TokenKind.GroupOpen ? i + 4 : i + 3;
        hasStep |= matrix < tokens.Count && tokens[i + 1].Kind is TokenKind.Open or TokenKind.GroupOpen
            && tokens[i + 2].Is(TokenKind.Letter, "Delta") && tokens[matrix].Value is "A";
    }

    private static int BehindScripts(List<Token> tokens, BracketMap brackets, int i, out bool hasSubscript)
    {
        hasSubscript = false;
        int next = i + 1;
        while (tokens[next].Kind is TokenKind.Sub or TokenKind.Sup or TokenKind.Prime or TokenKind.CombiningAccent
               || tokens[next].Kind == TokenKind.GroupClose && next == i + 1)
        {
            if (tokens[next].Kind is TokenKind.Prime or TokenKind.CombiningAccent or TokenKind.GroupClose)
            {
                next++;
                continue;
            }
            hasSubscript |= tokens[next].Kind == TokenKind.Sub;
            next++;
            next = tokens[next].Kind is TokenKind.GroupOpen or TokenKind.Open ? brackets.Partner(next) + 1 : next + 1;
            next = Math.Min(next, tokens.Count - 1);
        }
        return next;
    }
}
