using System.Text;
using Nabla.Formulas.Printing.Layout;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Printing;

/// <summary>LaTeX mathematics, for KaTeX, MathJax and papers; reading it again gives the same tree.</summary>
public sealed class LatexPrinter : OutputLanguage
{
    /// <inheritdoc/>
    public override string Name => "latex";

    /// <inheritdoc/>
    public override string Summary => "LaTeX mathematics";

    /// <inheritdoc/>
    public override string Print(Expression tree, PrintOptions options) => Write(tree);

    internal static string Write(Expression tree) => Write(LayoutBuilder.Build(tree, linear: false, Write));

    /// <summary>What has been laid out.</summary>
    internal static string Write(Box box)
    {
        var writer = new LatexWriter();
        writer.Append(box);
        return writer.ToString();
    }

    private sealed class LatexWriter
    {
        private readonly StringBuilder text = new();
        private bool endsInCommand;
        private int scriptDepth;

        public override string ToString() => text.ToString().Trim();

        public void Append(Box box)
        {
            switch (box)
            {
                case NumberBox number: Put(number.Text.Replace("%", "\\%", StringComparison.Ordinal)); break;
                case WordsBox words: Put($@"\text{{{LatexNames.Escape(words.Text)}}}"); break;
                case LetterBox letter: Put(LatexNames.Letter(letter)); break;
                case SignBox sign: Sign(sign); break;
                case NamedBox named: Append(named.Inner); break;
                case RowBox { Parts: [NamedBox { Symbol.Name: "binom" }, FenceBox { Inner: RowBox arguments }] }
                    when arguments.Parts is [var above, SignBox { Role: SignRole.Separator }, var below]:
                    Command(@"\binom", above, below);
                    break;
                case RowBox row: Row(row); break;
                case AccentBox accent: Command(LatexNames.Accent(accent), accent.Base); break;
                case FractionBox fraction: Command(@"\frac", fraction.Above, fraction.Below); break;
                case RootBox root: Root(root); break;
                case ScriptBox script: Scripts(script.Base, script.Below, script.Above); break;
                case LimitsBox limits: Scripts(limits.Operator, limits.Under, limits.Over); break;
                case FenceBox fence: Fence(fence); break;
                case GridBox grid: Grid(grid); break;
                case BraceBox brace: Command(@"\underbrace", brace.Inner); Script('_', brace.Note); break;
            }
        }

        /// <summary>Adds a token, with a space where it would run into a command before it.</summary>
        private void Put(string token)
        {
            if (token.Length == 0)
                return;
            if (endsInCommand && char.IsAsciiLetter(token[0]))
                text.Append(' ');
            text.Append(token);
            int last = token.LastIndexOf('\\');
            endsInCommand = last >= 0 && last < token.Length - 1 && token.AsSpan(last + 1).ContainsOnlyLetters();
        }

        private void Space()
        {
            if (text.Length > 0 && text[^1] is not (' ' or '{' or '('))
                text.Append(' ');
            endsInCommand = false;
        }

        private void Row(RowBox row)
        {
            for (int i = 0; i < row.Parts.Count; i++)
            {
                Append(row.Parts[i]);
                if (scriptDepth > 0 && (row.IsProductBeforeBracket(i) || row.IsProductOfNames(i)))
                    Space();
            }
        }

        private void Sign(SignBox sign)
        {
            string token = LatexNames.Sign(sign);
            switch (sign.Role)
            {
                case SignRole.Infix or SignRole.Relation or SignRole.Separator when scriptDepth > 0 && token[0] != '\\':
                    Put(token);
                    break;
                case SignRole.Infix or SignRole.Relation or SignRole.Bar:
                    Space();
                    Put(token);
                    Space();
                    break;
                case SignRole.Separator:
                    Put(token);
                    Space();
                    break;
                case SignRole.Conjunction:
                    Put($@" \quad \text{{{LatexNames.Escape(sign.Sign.Replace('_', ' '))}}} \quad ");
                    break;
                case SignRole.Beside or SignRole.Application when scriptDepth > 0:
                    break;
                case SignRole.Beside or SignRole.Application:
                    Space();
                    break;
                default:
                    Put(token);
                    break;
            }
        }

        private void Command(string name, params ReadOnlySpan<Box> arguments)
        {
            Put(name);
            foreach (Box argument in arguments)
                Braced(argument);
        }

        private void Braced(Box box)
        {
            Put("{");
            Append(box);
            Put("}");
        }

        private void Root(RootBox root)
        {
            Put(@"\sqrt");
            if (root.Degree is not null)
            {
                Put("[");
                Append(root.Degree);
                Put("]");
            }
            Braced(root.Radicand);
        }

        private void Scripts(Box body, Box? below, Box? above)
        {
            Append(body);
            if (below is not null)
                Script('_', below);
            if (above is SignBox { Sign: ['′', ..] } primes)
                Put(new string('\'', primes.Sign.Length));
            else if (above is not null)
                Script('^', above);
        }

        private void Script(char sign, Box box)
        {
            text.Append(sign);
            endsInCommand = false;
            scriptDepth++;
            Braced(box);
            scriptDepth--;
        }

        private void Fence(FenceBox fence)
        {
            bool isPlain = !fence.IsTall
                && (fence.Open, fence.Close) is not (("", _) or ("|", _) or ("‖", _) or ("⟨", _));
            Put((isPlain ? "" : @"\left") + LatexNames.Fence(fence.Open));
            Append(fence.Inner);
            Put((isPlain ? "" : @"\right") + LatexNames.Fence(fence.Close));
        }

        private void Grid(GridBox grid)
        {
            string name = LatexNames.Environment(grid.Kind);
            Put($@"\begin{{{name}}}");
            for (int i = 0; i < grid.Rows.Count; i++)
            {
                text.Append(i > 0 ? @" \\ " : " ");
                endsInCommand = false;
                for (int j = 0; j < grid.Rows[i].Count; j++)
                {
                    if (j > 0)
                        text.Append(text[^1] == ' ' ? "&" : " &").Append(' ');
                    endsInCommand = false;
                    Append(grid.Rows[i][j]);
                }
            }
            Space();
            Put($@"\end{{{name}}}");
        }
    }
}
