namespace Nabla.Formulas.Configurations;

/// <summary>Values that cannot be meant.</summary>
internal static class SettingWarnings
{
    public static IEnumerable<string> Of(IReadOnlyList<(string Name, string Value)> values)
    {
        foreach ((string name, string value) in values)
            if (ValueRules.NumberIn(value) is { } number && Of(name, number) is { } warning)
                yield return warning;
        if (Find(values, "warmup_steps") is { } warmup && Find(values, "max_steps") is { } steps && warmup >= steps)
            yield return $"The warm-up ({warmup}) is not shorter than the training ({steps}): "
                + "the rate never reaches its height.";
        if (Find(values, "n_embd") is { } width && Find(values, "n_head") is { } heads and > 0 && width % heads != 0)
            yield return $"The width {width} cannot be divided among {heads} heads.";
        foreach ((string name, string value) in values)
            if (Glossary.Settings.Find(name)?.Rule == "betas" && ValueRules.BetasIn(value) is var (first, second)
                && first > second && second is > 0 and < 1)
                yield return $"{name} = {value}: β₁ is above β₂, so the gradients are remembered longer than their "
                    + "squares; usual is (0.9, 0.999). Were the two exchanged?";
        if (Find(values, "beta1") is { } one && Find(values, "beta2") is { } two && one > two && two > 0)
            yield return $"β₁ = {one} is above β₂ = {two}; usual is 0.9 and 0.999. Were the two exchanged?";
        if (Find(values, "learning_rate") is { } high && Find(values, "min_lr") is { } low && low > high)
            yield return $"The last learning rate {low} is above the highest, {high}.";
    }

    private static string? Of(string name, double value) => Glossary.Settings.Find(name)?.Names[0] switch
    {
        "lr" when value <= 0 => $"{name} = {value}: nothing is learned with a rate that is not above 0.",
        "lr" when value > 10 => $"{name} = {value}: such a rate diverges with any usual loss.",
        "beta1" or "beta2" or "momentum" when value is < 0 or >= 1 => $"{name} = {value} must lie in [0, 1).",
        "dropout" or "label_smoothing" when value is < 0 or >= 1 => $"{name} = {value} must lie in [0, 1).",
        "top_p" or "min_p" or "warmup_ratio" when value is < 0 or > 1 => $"{name} = {value} must lie in [0, 1].",
        "temperature" when value < 0 => $"{name} = {value} must not be negative.",
        _ => null,
    };

    private static double? Find(IReadOnlyList<(string Name, string Value)> values, string term)
    {
        Term? wanted = Glossary.Settings.Find(term);
        foreach ((string name, string value) in values)
            if (ReferenceEquals(Glossary.Settings.Find(name), wanted))
                return ValueRules.NumberIn(value);
        return null;
    }
}
