namespace Nabla.Formulas.Configurations.Models;

/// <summary>Heads among which a width cannot be divided, so that nobody can build the model.</summary>
internal static class HeadFaults
{
    private static readonly string[] WidthNames = ["hidden_size", "n_embd", "n_embed", "dim", "d_model"];
    private static readonly string[] HeadNames = ["num_attention_heads", "n_head", "n_heads"];
    private static readonly string[] KeyHeadNames = ["num_key_value_heads", "num_kv_heads", "n_kv_heads"];

    // Where a head has a width of its own, the width of the model need not be divided.
    private static readonly string[] OwnWidths = ["head_dim", "qk_nope_head_dim", "d_kv"];

    /// <summary>What is wrong with the heads, in sentences.</summary>
    public static IEnumerable<string> Of(ModelSettings settings)
    {
        if (!settings.Has(HeadNames))
            yield break;
        long heads = settings.SizeOr(0, HeadNames), width = settings.SizeOr(0, WidthNames);
        if (heads == 0)
        {
            yield return $"{NameOf(settings, HeadNames)} is 0: attention needs at least one head.";
            yield break;
        }
        if (width % heads != 0 && !settings.Has(OwnWidths))
            yield return $"{NameOf(settings, WidthNames)} = {width} cannot be divided among "
                + $"{NameOf(settings, HeadNames)} = {heads} heads ({width}/{heads} is no whole number): no such model "
                + $"can be built. {width / heads * heads} or {(width / heads + 1) * heads} could.";
        if (!settings.Has(KeyHeadNames))
            yield break;
        long keyHeads = settings.SizeOr(0, KeyHeadNames);
        if (keyHeads == 0 || heads % keyHeads != 0)
            yield return $"{NameOf(settings, HeadNames)} = {heads} heads of queries cannot share "
                + $"{NameOf(settings, KeyHeadNames)} = {keyHeads} heads of keys and values evenly: "
                + "no such model can be built.";
    }

    private static string NameOf(ModelSettings settings, string[] names) =>
        Array.Find(names, name => settings.Has(name)) ?? names[0];
}
