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
            + "w = torch.tensor([1.0], requires_grad=True)\n(w * 2).sum()  # tensor(3.)\n```", "✗9 ?1.234 ✗7 ?3"),
        ("a.md", "```csharp\ndouble a = 3.0, b = 4.0;\nConsole.WriteLine(a * b);            // 13\n"
            + "Console.WriteLine(Math.Sqrt(a * a + b * b)); // prints 5\nint n = 7 / 2;\nConsole.WriteLine(n); // 3\n"
            + "Console.WriteLine(1 / 2); // 0.5\nConsole.WriteLine(n + 1); // 4\n```", "✗13 ✓5 ✓3 ✗0.5 ✓4"),
        ("a.md", "```csharp\nint n = 7;\nn += 1;\nConsole.WriteLine(n); // 7\nConsole.WriteLine($\"{n}\"); // 8\n"
            + "double y = f(2);\nConsole.WriteLine(y / 2); // 3.5\nConsole.WriteLine((n + 1) / 2 * 1.5); // 4\n"
            + "Console.WriteLine(2 ^ 3); // 1\nConsole.WriteLine(7 % 4); // 3\n```", "?7 ?8 ?3.5 ?4 ?1 ?3"),
        ("a.md", "```csharp\nint n = 1;\nfor (int i = 0; i < 3; i++) n *= 2;\nConsole.WriteLine(n); // 8\n```", "?8"),
        ("a.md", "```python\nimport torch\nh = torch.zeros(2, 2)\nr = h.view(4); r[0] = 5\n"
            + "print(h)  # tensor([[5., 0.], [0., 0.]])\nx = h[1]\nx += 1\nprint(h.sum())  # tensor(7.)\n"
            + "h.T[0, 0] = 1\nh.flatten().add_(1)\nprint(r)  # tensor([2., 1., 2., 2.])\n"
            + "e = h.t().reshape(4)\ne[0] = 9\nprint(h)  # tensor([[9., 1.], [2., 2.]])\n```",
            "✓tensor([[5., 0.], [0., 0.]]) ✓tensor(7.) ✓tensor([2., 1., 2., 2.]) ?[[9., 1.], [2., 2.]]"),
        ("a.md", "```python\nimport numpy as np\nimport torch\na = np.zeros(3)\nt = torch.from_numpy(a)\na[0] = 4\n"
            + "print(t.sum())  # tensor(4.)\nt.mul_(2)\nprint(a)  # [8. 0. 0.]\nb = a[1:]\nfill(b)\n"
            + "print(a)  # [8. 9. 9.]\nc = np.round(np.array([1, 2]))\nd = +c\nd += 1\nprint(c)  # [1 2]\n```",
            "✓tensor(4.) ✓[8. 0. 0.] ?[8. 9. 9.] ✓[1 2]"),
        ("a.md", "```python\nx = [1, 2]\ny = x\ny *= 2\nprint(x)  # [1, 2, 1, 2]\nz = sorted(x)  # [1, 1, 2, 2]\n"
            + "z[0] = 5\nprint(x)  # => [1, 2, 1, 2]\nx[0] = 7\ns = {1}\nt = s\nt |= {2}\nprint(len(s))  # 2\n```",
            "✓[1, 2, 1, 2] ✓[1, 1, 2, 2] ✓2"),
        ("a.md", "```python\nimport torch\nx = torch.tensor([1., 2., 3., 4.])\n"
            + "print(torch.std(x, False))  # tensor(1.1180)\nprint(x.var(0, False))  # tensor(1.2500)\n"
            + "print(torch.median(x))  # tensor(2.)\nprint(x.dtype)\nprint(x * 0.1)  # tensor([0.14, 0.2, 0.3, 0.4])\n"
            + "x[x > 2] = 0\nprint(x)  # tensor([1., 2., 0., 0.])\nx.foo_(3)\nprint(x.sum())  # tensor(9.)\n```",
            "≈tensor(1.1180) ✓tensor(1.2500) ✓tensor(2.) ✗tensor([0.14, 0.2, 0.3, 0.4]) ✓tensor([1., 2., 0., 0.]) "
                + "?9"),
        ("a.md", "```python\nimport numpy as np\nx = 0.1\nprint(x)  # 0.14\nprint(f'{2/3:.2f}')  # 0.6667\n"
            + "s = f'{2/3:.1f}'\nprint('v:', s)  # v: 0.667\nprint(np.array([1/3, 0.1]))  # [0.333 0.1  ]\n```",
            "✗0.14 ≈0.6667 ≈v: 0.667 ≈[0.333 0.1  ]"),
    ];
}
