namespace Nabla.Formulas.Knowledge.Gists;

/// <summary>
/// Letters that by custom stand for things of one kind, so that one author writes x where another writes z.
/// </summary>
internal static class LetterKinds
{
    private static readonly string[] Kinds =
    [
        "x z a u s h v o", // inputs and values between layers
        "y t Y target d", // targets
        "y_hat p q s h f o Y_hat t_hat p_hat pred", // predictions
        "w W theta beta phi Theta", // weights
        "eta alpha lr epsilon gamma mu rho tau", // rates
        "L J E C l ell loss f cost Loss", // losses
        "N n m M B T K k", // counts
        "lambda alpha", // penalties
        "g grad",
        "sigma s std",
        "mu m c", // means and centres
        "i j k l n", // indices
        "A M Q P U V W X K S C Sigma Lambda", // matrices
        "f i o z r u Gamma", // gates
        "eta lr lr_base lr_0 base_lr",
        "t step epoch iter",
    ];

    private static readonly Dictionary<string, int> Bits = AllBits();

    /// <summary>A bit for each kind that the letter may belong to.</summary>
    public static int Of(string letter) => Bits.GetValueOrDefault(letter);

    private static Dictionary<string, int> AllBits()
    {
        var bits = new Dictionary<string, int>(StringComparer.Ordinal);
        for (int i = 0; i < Kinds.Length; i++)
        {
            foreach (string letter in Kinds[i].Split(' '))
                bits[letter] = bits.GetValueOrDefault(letter) | 1 << i;
        }
        return bits;
    }
}
