namespace Nabla.Formulas.Tests.Articles;

/// <summary>
/// Sentences in which an equation is right as it is meant, or meant to be false; none of them is an error of the
/// article. Beside each kind stands an equation that is wrong however one reads it.
/// </summary>
internal static class MeaningCases
{
    public static readonly (string Name, string Text, string Expected)[] All =
    [
        ("a.md", "Recall that tan(45) = 1 and sin(30) = 0.5 and cos(60) = 0.5; but sin(30) = 0.7.", "✓1 ✓0.5 ✗0.7"),
        ("a.md", "A small model has 3 GB = 3 * 1024 = 3,072 MB.", ""),
        ("a.md", "We train 2 epochs = 2 × 500 steps.", ""),
        ("a.md", "1 hour = 60 * 60 = 3600 seconds.", ""),
        ("a.md", "The internet fights over 6/2(1+2) = 1.", ""),
        ("a.md", "So 6/2(1+2) = 9 and 6/2(1+2) = 7.", "✗7"),
        ("a.md", "1/2 x 3 = 0.1667 and 1/2 x 3 = 1.5 and 1/2 x 3 = 1.7", "✗1.7"),
        ("a.md", "In clock arithmetic mod 12 we have 9 + 5 = 2.", ""),
        ("a.md", "On a 12-hour clock 9 + 5 = 2.", ""),
        ("a.md", "In hexadecimal 8 + 8 = 10.", ""),
        ("a.md", "In binary, 1 + 1 = 10.", ""),
        ("a.md", "| OR |\n|---|\n| 0 + 1 = 1 |\n| 1 + 1 = 1 |\n", ""),
        ("a.md", "XOR: 0 + 1 = 1, 1 + 1 = 0.", ""),
        ("a.md", "## Numbers mod 7\n\n- 5 + 4 = 2\n- 3 × 5 = 1\n", ""),
        ("a.md", "Excel says -2^2 = 4.", ""),
        ("a.md", "A spreadsheet has -2^2 = 4, Python has -2^2 = -4, and nobody has -2^2 = 5.", "✗5"),
        ("a.md", "The slogan \"2 + 2 = 5\" is Orwell's.", ""),
        ("a.md", "A model may hallucinate 2 + 2 = 5 with confidence.", ""),
        ("a.md", "GPT-3 answered 17 × 24 = 398.", ""),
        ("a.md", "Is 7 × 8 = 54? No!", ""),
        ("a.md", "Show that 7 × 8 = 54 fails.", ""),
        ("a.md", "If 2 + 2 = 5 then anything follows.", ""),
        ("a.md", "He wrote “2 + 2 = 5” on the wall.", ""),
        ("a.md", "We get 3 + 4 = 7 * 2 = 14.", ""),
        ("a.md", "The product of shapes 2x3 * 3x4 = 2x4.", ""),
        ("a.md", "From 2024-05-01 to today: 2024-06-01 - 2024-05-01 = 31 days.", ""),
        ("a.md", "In fp32: 16777216 + 1 = 16777216.", ""),
        ("a.md", "With uint8: 250 + 10 = 4.", ""),
        ("a.md", "Saturating addition: 250 + 10 = 255.", ""),
        ("a.md", "GF(2) has 1 + 1 = 0.", ""),
        ("a.md", "The roots are sqrt(16) = 4 and sqrt(16) = -4.", ""),
        ("a.md", "Integer division: 11 / 4 = 2.", ""),
        ("a.md", "Floor it: 11 / 4 = 2.", ""),
        ("a.md", "We get 12 + 13 = 25² as said below.", ""),
        ("a.md", "Concatenating strings, 1 + 1 = 11 and 12 + 3 = 123.", ""),
        ("a.md", "Sets: {1, 2} + {2, 3} = {1, 2, 3}.", ""),
        ("a.md", "Version 3.10 = 3.1 and 1:30 + 0:45 = 2:15 and 11/12/2020 = a date, 3:2 = 1.5.", ""),
        ("a.md", "It is a misconception that 0.1 * 3 = 0.4.", ""),
        ("a.md", "Many students believe (1 + 2)^2 = 5.", ""),
        ("a.md", "Suppose 3 * 3 = 10 for a moment.", ""),
        ("a.md", "So 25.3 - 24.1 = 1.1 and 25.3 - 24.1 = 1.2", "✓1.2"),
        ("a.md", "The binary classifier has 2 * 768 = 1,535 weights.", "✗1,535"),
        ("a.md", "The binary cross-entropy is -ln(0.7) = 0.457.", "✗0.457"),
        ("a.md", "We clip at 5. The output is 3 * 4 = 13.", "✗13"),
        ("a.md", "The answer is 3 * 4 = 13.", "✗13"),
        ("a.md", "f(w) = log(w). Gradient descent with learning rate 0.1:\n\nw: -1 → -2 → -3", ""),
        ("a.md", "L(w) = w^2. Gradient descent; halve the learning rate each step:\n\nw: 10 → 8 → 7.2 → 6.84", ""),
        ("a.md", "L(w) = w^2. Gradient descent with learning rate 0.1:\n\nw: 10 → 8 → 6.4 → 9", "✗10 → 8 → 6.4 → 9"),
        ("a.md", "With f(x, y) = x y along the curve df/dx = y + x dy/dx.", ""),
        ("a.md", "Let q(t) = log(t). It has q'(2) = 0.217.", ""),
        ("a.md", "Let s(t) = sin(t). In degrees s'(60) = 0.5.", ""),
        ("a.md", "$\\| \\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} \\|_2 = 5.477$", ""),
        ("a.md", "$\\begin{pmatrix} 1 & 2 \\\\ 3 & 4 \\end{pmatrix} + 1 = \\begin{pmatrix} 2 & 2 \\\\ 3 & 5 "
            + "\\end{pmatrix}$", ""),
    ];
}
