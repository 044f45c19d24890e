using System.Text;
using Nabla.Formulas.Printing.Layout;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>One line of Unicode: <c>softmax(Q Kᵀ/√dₖ) V</c>; reading it again gives the same tree.</summary>
public sealed class TextPrinter : OutputLanguage
{
    /// <inheritdoc/>
    public override string Name => "text";

    /// <inheritdoc/>
    public override string Summary => "one line of Unicode";

    /// <inheritdoc/>
    public override string Print(Expression tree, PrintOptions options) => Write(tree);

    internal static string Write(Expression tree) => Write(LayoutBuilder.Build(tree, linear: true, Write));

    private static string Write(Box box)
    {
        string text = Write(box, default);
        // Beside a macro the letters of every other word would be read one by one.
        return text.Contains('\\', StringComparison.Ordinal) ? Write(box, new Way { MarksWords = true }) : text;
    }

    /// <summary>For eyes only: no macro marks what would otherwise be read as something else.</summary>
    internal static string WriteForPeople(Expression tree) =>
        Write(LayoutBuilder.Build(tree, linear: true), new Way { IsForPeople = true });

    private static string Write(Box box, Way way)
    {
        var writer = new TextWriter(way);
        writer.Append(box);
        return writer.ToString();
    }

    private readonly record struct Way
    {
        public bool IsScript { get; init; }

        public bool MarksWords { get; init; }

        public bool IsForPeople { get; init; }
    }

    private sealed class TextWriter(Way way)
    {
        private readonly StringBuilder text = new();

        // How long the text was when the last bracket was opened.
        private int opened;

        public override string ToString() => text.ToString().Trim();

        public void Append(Box box)
        {
            switch (box)
            {
                case NumberBox number: text.Append(number.Text); break;
                case WordsBox words: Words(words.Text); break;
                case LetterBox letter: Letter(letter); break;
                case SignBox sign: Sign(sign); break;
                case NamedBox named: Append(named.Inner); break;
                case RowBox row: Row(row); break;
                case AccentBox accent: Accent(accent); break;
                case RootBox root: Root(root); break;
                case ScriptBox script: Scripts(script.Base, script.Below, script.Above); break;
                case LimitsBox limits: Scripts(limits.Operator, limits.Under, limits.Over); break;
                case FenceBox fence: Fence(fence); break;
                case GridBox grid: Grid(grid); break;
                case BraceBox brace: Brace(brace); break;
            }
        }

        private void Space()
        {
            if (text.Length > opened && text[^1] != ' ')
                text.Append(' ');
        }

        private void Words(string words) =>
            text.Append(way.IsForPeople ? words : $@"\text{{{LatexNames.Escape(words)}}}");

        // A word that would be read as several letters, or as something else, is marked as a word.
        private void Letter(LetterBox letter)
        {
            string word = UnicodeLetters.Letter(letter);
            bool isSingle = word.Length == 1 || word.Length == 2 && char.IsSurrogate(word[0]);
            bool isPlain = way.IsForPeople || (isSingle
                ? !char.IsAsciiDigit(word[0])
                : !way.MarksWords && (way.IsScript && text.Length == 0 || ReadableWords.IsOne(letter)));
            text.Append(isPlain ? word : LatexNames.Letter(letter));
        }

        private void Row(RowBox row)
        {
            for (int i = 0; i < row.Parts.Count; i++)
            {
                // 2π needs no space, 2 e would be a number with an exponent.
                bool isCoefficient = row.Parts[i] is SignBox { Role: SignRole.Beside } && i > 0
                    && row.Parts[i - 1] is NumberBox
                        && row.Parts[i + 1] is NamedBox { Symbol.Letter: not ("e" or "E") };
                if (!isCoefficient)
                    Append(row.Parts[i]);
                // In a script too tanh z is a function of z, and tanhz is not.
                bool isBeforeArgument = row.Parts[i] is SignBox { Role: SignRole.Application }
                    && i + 1 < row.Parts.Count && row.Parts[i + 1] is not FenceBox;
                if (way.IsScript && (isBeforeArgument || row.IsProductBeforeBracket(i) || IsBesideWord(row, i)))
                    Space();
            }
        }

        private void Sign(SignBox sign)
        {
            if (way.IsScript && (sign.Role is SignRole.Infix or SignRole.Separator || sign.Sign == "="))
                text.Append(sign.Sign);
            else if (sign.Role is SignRole.Infix or SignRole.Relation or SignRole.Bar or SignRole.Conjunction)
            {
                Space();
                text.Append(sign.Role == SignRole.Conjunction ? sign.Sign.Replace('_', ' ') : sign.Sign).Append(' ');
            }
            else if (sign.Role == SignRole.Separator)
                text.Append(sign.Sign).Append(' ');
            else if (sign.Role is SignRole.Beside or SignRole.Application)
            {
                if (!way.IsScript)
                    Space();
            }
            else
                text.Append(sign.Sign);
        }

        private void Accent(AccentBox accent)
        {
            Append(accent.Base);
            bool isLetter = accent.Base is AccentBox || accent.Base is LetterBox letter
                && UnicodeLetters.Letter(letter).Length == 1;
            if (!isLetter || !AccentMarks.TryAppend(text, accent.Accent))
                text.Append('_').Append(accent.Accent);
        }

        private void Root(RootBox root)
        {
            if (root.Degree is not null and not NumberBox { Text: "3" or "4" })
            {
                if (way.IsForPeople)
                {
                    text.Append("the ").Append(Write(root.Degree, way)).Append("-th root of ");
                    Append(root.Radicand);
                    return;
                }
                text.Append(@"\sqrt[").Append(Write(root.Degree, way)).Append("]{");
                Append(root.Radicand is FenceBox fence ? fence.Inner : root.Radicand);
                text.Append('}');
                return;
            }
            text.Append(root.Degree is NumberBox { Text: var degree } ? degree == "3" ? '∛' : '∜' : '√');
            Append(root.Radicand);
        }

        private void Scripts(Box body, Box? below, Box? above)
        {
            Append(body);
            if (below is not null)
                Script('_', below, UnicodeScripts.Lower);
            if (above is SignBox { Sign: ['′', ..] } primes)
                text.Append(primes.Sign);
            else if (above is not null)
                Script('^', above, UnicodeScripts.Raise);
        }

        private void Script(char sign, Box box, Func<string, string?> small)
        {
            string script = Write(box, way with { IsScript = true });
            if (!HasWord(box) && !script.Contains(' ', StringComparison.Ordinal) && small(script) is { } written)
                text.Append(written);
            else if (script.Length == 1 || sign == '_' && script.AsSpan().ContainsOnlyLetters())
                text.Append(sign).Append(script);
            else
                text.Append(sign).Append('{').Append(script).Append('}');
        }

        // loss w and not lossw
        private static bool IsBesideWord(RowBox row, int at) => row.Parts[at] is SignBox { Role: SignRole.Beside }
            && at > 0 && at + 1 < row.Parts.Count && (HasWord(row.Parts[at - 1]) || HasWord(row.Parts[at + 1]));

        // ₘₐₓ would be three indices.
        private static bool HasWord(Box box) => box switch
        {
            ScriptBox script => HasWord(script.Base),
            LetterBox letter => UnicodeLetters.Letter(letter).Length > 1,
            NamedBox named => HasWord(named.Inner),
            RowBox row => row.Parts.Any(HasWord),
            FenceBox fence => HasWord(fence.Inner),
            _ => false,
        };

        private void Fence(FenceBox fence)
        {
            text.Append(fence.Open);
            int start = opened = text.Length;
            Append(fence.Inner);
            // Of bars in bars nobody can say which belong together.
            if (fence.Open is "|" or "‖" && text.ToString(start, text.Length - start).AsSpan().ContainsAny('|', '‖'))
                text.Insert(start, '(').Append(')');
            text.Append(fence.Close);
        }

        // Unicode has no way to write tables and braces on a line, so LaTeX's is taken where it shall be read again.
        private void Grid(GridBox grid)
        {
            if (way.IsForPeople)
            {
                (string open, string close) = grid.Kind switch
                {
                    GridKind.Cases => ("{ ", " }"),
                    GridKind.Aligned => ("", ""),
                    _ => ("[", "]"),
                };
                string between = grid.Kind == GridKind.Matrix ? " " : ", ";
                text.Append(open).AppendJoin("; ", grid.Rows.Select(row => string.Join(
                    between, row.Select(cell => Write(cell, way))))).Append(close);
                return;
            }
            string name = LatexNames.Environment(grid.Kind);
            text.Append($@"\begin{{{name}}} ");
            for (int i = 0; i < grid.Rows.Count; i++)
                text.Append(i > 0
                    ? @" \\ "
                    : "").AppendJoin(" & ", grid.Rows[i].Select(cell => Write(cell, way)));
            text.Append($@" \end{{{name}}}");
        }

        private void Brace(BraceBox brace)
        {
            if (way.IsForPeople)
            {
                Append(brace.Inner);
                return;
            }
            text.Append(@"\underbrace{");
            Append(brace.Inner);
            text.Append("}_{");
            Append(brace.Note);
            text.Append('}');
        }
    }
}
