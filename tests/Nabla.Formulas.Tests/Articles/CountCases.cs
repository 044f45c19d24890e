namespace Nabla.Formulas.Tests.Articles;

/// <summary>As <see cref="ArticleCases"/>: thousands and millions, shares of counts, and tables with totals.</summary>
internal static class CountCases
{
    public static readonly (string Name, string Text, string Expected)[] All =
    [
        ("a.md", "The embedding is 50257 × 768 = 36.8M or 50257 × 768 = 38.6M parameters.", "✗36.8M ≈38.6M"),
        ("a.md", "64 × 65,536 = 4.19 million, and 64 × 65,536 = 4.91 million. 12 × 7.1M = 85M.",
            "≈4.19 million ✗4.91 million ≈85M"),
        ("a.md", "175B × 2 = 350B, 175B × 2 = 380B, 7B × 2 = 13.5B, 124M × 6 = 746M.", "✗380B ✓350B ?13.5B ?746M"),
        ("a.md", "So 4096 × 4096 = 16M entries, 16 × 8192 = 128K tokens, 7 × 2 = 14B, 20 × 5 = 100K and 3 × 4 = 12B, "
            + "but 16 × 8192 = 182K.", "✗182K"),
        ("a.md", "The file has 50257 × 768 = 36.8M bytes. 124M × 2 = 248. 1.2 billion × 3 = 3.6.", ""),
        ("a.md", "It takes 7 billion parameters × 2 bytes = 13.5 GB.", ""),
        ("a.md", "2.1e9 * 3.3e9 = 7 × 10^18 and 2.1e9 * 3.3e9 = 8 × 10^18", "✗8 × 10^18"),
        ("a.md", "It gets 230 of 250 right (92%), the other one 230 of 250 (94%), a third 200 out of 250, i.e. 80 %.",
            "✓92% ✗94% ✓80%"),
        ("a.md", "We reach an accuracy of 0.94 (230/250), or an accuracy of 0.92 (230/250), a pass rate of 85% "
            + "(34/40).",
            "✗0.94 ✓0.92 ✓85%"),
        ("a.md", "Of 1,319 problems it solves 1,108 of 1,319 (84.0%); another 1,187/1,319 (about 91%), or (86.0%).",
            "≈84.0%"),
        ("a.md", "It fails on 20 of 250 (92%). Step 5 of 10 (60%). 30 of 50 patients (40% female). 3.2 (5/7). "
            + "A loss of 0.31 (3/12). Over 12 of 20 tasks (by 15%). 230 of 250 (over 90%). 3 of 5 (95% CI 2-4).", ""),
        ("a.md", "| Part | Parameters |\n|---|---|\n| Embedding | 38,597,376 |\n| Positions | 786,432 |\n| Blocks | "
            + "85,054,464 |\n| Norm | 1,536 |\n| **Total** | **124,339,808** |", "✗124,339,808"),
        ("a.md", "| Part | Parameters |\n|---|---|\n| Embedding | 38.6M |\n| Blocks | 85.1M |\n| Total | 123.6M |\n\n"
            + "| Part | Parameters |\n|---|---|\n| Embedding | 38.6M |\n| Blocks | 85.1M |\n| Total | 142.7M |",
            "≈123.6M ✗142.7M"),
        ("a.md", "| | spam | ham | Total |\n|---|---|---|---|\n| spam | 15 | 5 | 20 |\n| ham | 10 | 70 | 90 |\n"
            + "| Total | 25 | 75 | 100 |", "✓20 ✗90 ✓100"),
        ("a.md", "The top languages:\n\n| Language | Tokens |\n|---|---|\n| en | 100 |\n| de | 20 |\n| Total | 150 "
            + "|", ""),
        ("a.md", "| Group | Users | Accuracy |\n|---|---|---|\n| a | 100 | 0.8 |\n| b | 50 | 0.9 |\n| Total | 150 | "
            + "0.83 |",
            "✓150"),
        ("a.md", "| Part | Parameters |\n|---|---|\n| Encoder | 100 |\n| attention | 60 |\n| MLP | 40 |\n| Decoder "
            + "| 70 |\n"
            + "| Total | 170 |", ""),
        ("a.md", "| Part | Count | Each | Total |\n|---|---|---|---|\n| block | 12 | 100 | 1200 |\n| head | 2 | 50 "
            + "| 100 |",
            ""),
        ("a.md", "| Part | Size |\n|---|---|\n| a | 10 |\n| … | … |\n| z | 20 |\n| Total | 400 |", ""),
        ("a.html", "<table><tr><th>Split</th><th>Images</th></tr><tr><td>train</td><td>2500</td></tr><tr><td>test</td>"
            + "<td>600</td></tr><tr><td>Sum</td><td>3200</td></tr></table>", "✗3200"),
    ];
}
