using System.Collections.Frozen;

namespace Nabla.Formulas.Printing;

/// <summary>Letters that have a name of their own in a tree, and their Unicode characters.</summary>
internal static class GreekLetters
{
    private static readonly FrozenDictionary<string, string> Characters = NameTable.Of(
        """
        alpha α  beta β  gamma γ  delta δ  epsilon ε  zeta ζ  eta η  theta θ  iota ι  kappa κ  lambda λ  mu μ
        nu ν  xi ξ  omicron ο  pi π  rho ρ  sigma σ  tau τ  upsilon υ  phi φ  chi χ  psi ψ  omega ω  Gamma Γ
        Delta Δ  Theta Θ  Lambda Λ  Xi Ξ  Pi Π  Sigma Σ  Upsilon Υ  Phi Φ  Psi Ψ  Omega Ω  infinity ∞  ell ℓ
        varepsilon ϵ  vartheta ϑ  varkappa ϰ  varpi ϖ  varrho ϱ  varsigma ς  varphi ϕ
        emptyset ∅  hbar ħ  partial ∂  Re ℜ  Im ℑ
        """);

    /// <summary>Its command in LaTeX.</summary>
    public static string Command(string letter) => letter == "infinity" ? @"\infty" : @"\" + letter;

    /// <summary>Whether a letter has such a name.</summary>
    public static bool IsNamed(string letter) => Characters.ContainsKey(letter);

    /// <summary>The character of a named letter, any other letter itself.</summary>
    public static string Character(string letter) => Characters.GetValueOrDefault(letter, letter);
}
