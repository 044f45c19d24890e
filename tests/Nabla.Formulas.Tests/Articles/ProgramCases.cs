namespace Nabla.Formulas.Tests.Articles;

/// <summary>As <see cref="ArticleCases"/>: programs with PyTorch.</summary>
internal static class ProgramCases
{
    public static readonly (string Name, string Text, string Expected)[] All =
    [
        ("a.md", "```python\nimport torch\nimport torch.nn.functional as F\nx = torch.tensor([1.0, 2.0, 3.0])\n"
            + "x.sum()  # tensor(6.)\nx.mean()  # tensor(3.)\nF.softmax(x, dim=0)  # tensor([0.0900, 0.2447, 0.6652])\n"
            + "torch.tensor([1, 2]).sum()  # tensor(3)\nx.std()  # tensor(1.)\n"
            + "x.std(unbiased=False)  # tensor(0.8165)\n"
            + "print(x @ x)  # tensor(15.)\nprint(torch.relu(-x))  # tensor([0., 0., 0.])\n```",
            "✓6 ✗3 ≈[0.0900, 0.2447, 0.6652] ✓3 ✓1 ≈0.8165 ✗tensor(15.) ✓tensor([0., 0., 0.])"),
        ("a.md", "```python\n>>> import torch\n>>> a = torch.tensor([[1., 2.], [3., 4.]])\n>>> a @ a\n"
            + "tensor([[ 7., 10.],\n        [15., 21.]])\n>>> a.mean()\ntensor(2.5000)\n>>> a.sum(dim=0)\n"
            + "tensor([4., 6.])\n>>> a.softmax(dim=1)[0]\ntensor([0.2689, 0.7311])\n```",
            "✗tensor([[ 7., 10.], [15., 21.]]) ✓tensor(2.5000) ✓tensor([4., 6.])"),
        ("a.md", "```python\nimport torch\nlogits = torch.tensor([[2.0, 1.0, 0.1]])\ny = torch.tensor([0])\n"
            + "torch.nn.functional.cross_entropy(logits, y)  # tensor(0.4170)\n"
            + "torch.nn.functional.cross_entropy(logits, y)  # tensor(0.5170)\n```", "≈0.4170 ✗0.5170"),
        ("a.md", "```python\nimport torch\nx = torch.tensor([0.1, 0.2, 0.3])\n(x.sum() - 0.6)  # tensor(2.9802e-08)\n"
            + "x.sum().item()  # 0.6000000238418579\ny = x\nx += 1\ny.sum()  # tensor(9.)\n"
            + "torch.randn(3).sum()  # tensor(1.234)\nx.median()  # tensor(7.)\n"
            + "w = torch.tensor([1.0], requires_grad=True)\n(w * 2).sum()  # tensor(3.)\n```", "?9 ?1.234 ?7 ?3"),
        ("a.md", "```csharp\ndouble a = 3.0, b = 4.0;\nConsole.WriteLine(a * b);            // 13\n"
            + "Console.WriteLine(Math.Sqrt(a * a + b * b)); // prints 5\nint n = 7 / 2;\nConsole.WriteLine(n); // 3\n"
            + "Console.WriteLine(1 / 2); // 0.5\nConsole.WriteLine(n + 1); // 4\n```", "✗13 ✓5 ✓3 ✗0.5 ✓4"),
        ("a.md", "```csharp\nint n = 7;\nn += 1;\nConsole.WriteLine(n); // 7\nConsole.WriteLine($\"{n}\"); // 8\n"
            + "double y = f(2);\nConsole.WriteLine(y / 2); // 3.5\nConsole.WriteLine((n + 1) / 2 * 1.5); // 4\n"
            + "Console.WriteLine(2 ^ 3); // 1\nConsole.WriteLine(7 % 4); // 3\n```", "?7 ?8 ?3.5 ?4 ?1 ?3"),
        ("a.md", "```csharp\nint n = 1;\nfor (int i = 0; i < 3; i++) n *= 2;\nConsole.WriteLine(n); // 8\n```", "?8"),
    ];
}
