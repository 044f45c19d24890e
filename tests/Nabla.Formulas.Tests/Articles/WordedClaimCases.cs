namespace Nabla.Formulas.Tests.Articles;

/// <summary>
/// As <see cref="ArticleCases"/>: percentages, perplexities, measures of classifiers and norms in words, and values
/// that a formula takes from the sentence above it.
/// </summary>
internal static class WordedClaimCases
{
    public static readonly (string Name, string Text, string Expected)[] All =
    [
        ("a.md", "30 percent of 250 is 75, 30% of 250 is 70 and 15 per cent of 80 equals 12. 7 % of 30 is 2.",
            "✓75 ✗70 ✓12 ≈2"),
        ("a.md", "It drops by 20 % from 50 to 40. It falls by 10 % from 30 to 25. From 27 to 28 ms it rose (+5 %).",
            "✓20 ✗10"),
        ("a.md", "It went from 50 to 40, a drop of 25 %, and from 20 to 30 (+50 %), from 20 to 34 (+50 %). "
            + "The share rose by 5 % from 20 to 25.", "?25 ✓50 ✗50 ?5"),
        ("a.md", "A loss of 3.0 nats is a perplexity of 20.1. A loss of 3.0 nats gives a perplexity of 25.1. "
            + "A loss of 2 bits is a perplexity of 4.", "≈20.1 ✗25.1 ✓4"),
        ("a.md", "With TP = 40, FP = 10 and FN = 20 the precision is 0.8, the recall is 66.7 % "
            + "and the F1 score is 0.8.",
            "✓0.8 ≈66.7% ✗0.8"),
        ("a.md", "There are 40 true positives, 10 false positives and 20 false negatives: precision 0.8, recall 0.75.",
            "✓0.8 ✗0.75"),
        ("a.md", "With TP = 40, FP = 10 the precision is 0.8. At another threshold the precision is 0.9.", "✓0.8 ?0.9"),
        ("a.md", "We find ‖u‖ = 5 for u = (3, 4). And ‖v‖ = 6 for v = (3, 4). With w = (3, 4), ‖w‖₂ = 5 and ‖w‖_1 = 8.",
            "✓5 ✗6 ✗8"),
        ("a.md", "The entropy of [0.5, 0.5] is 0.69 nats. The entropy of [0.5, 0.5] is 0.693 bits.", "≈0.69 ✗0.693"),
        ("a.md", "Given w = 0.5, x = 2 and b = -0.5:\n\n$$y = wx + b = 0.6$$", "✗0.6"),
        ("a.md", "Let w = 0.5, x = 2 and b = -0.5. So\n\n$$y = wx + b = 0.5$$\n\nThen $2y = 1$.", "✓0.5 ✓1"),
        ("a.md", "$$a = 2 + 3 = 6 \\qquad b = 4 \\cdot 2 = 8$$", "✗6 ✓8"),
        ("a.md", "In fp16 a layer of 768 × 768 = 589,825 weights is small, and 2048 + 1 = 2048.", "✗589,825 ?2048"),
        ("a.md", "| Part | Share | Weights |\n|---|---|---|\n| a | 25 % | 10 |\n| b | 75 % | 30 |\n"
            + "| Total | 100 % | 50 |\n\nThe largest share is that of b.", "✗50"),
        ("a.md", "| Part | Weights |\n|---|---|\n| a | 10 |\n| b | 30 |\n| Total | 50 |\n\n"
            + "The weights of b are shared.",
            "?50"),
    ];
}
