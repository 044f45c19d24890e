namespace Nabla.Formulas.Configurations;

/// <summary>
/// Explains text that is no formula but settings, a model's configuration or a line of a training log.
/// </summary>
public static class ConfigurationReader
{
    private const int LongestText = 1 << 20;

    // The most particular first.
    private static readonly IConfigurationFormat[] Formats =
    [
        new ModelConfigFormat(), new LlamaCppFormat(), new LogLineFormat(), new CommandLineFormat(),
        new SettingsFormat(),
    ];

    /// <summary>The explanation, or null where the text is none of these: then it may be a formula.</summary>
    /// <exception cref="FormulaException">It is one of these, but something in it cannot be used.</exception>
    public static ConfigurationExplanation? TryExplain(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > LongestText || string.IsNullOrWhiteSpace(text))
            return null;
        foreach (IConfigurationFormat format in Formats)
            if (format.TryExplain(text.Trim()) is { } explanation)
                return explanation;
        return null;
    }
}

/// <summary>A way in which settings are written down.</summary>
internal interface IConfigurationFormat
{
    /// <summary>The explanation, or null where the text is not of this format.</summary>
    ConfigurationExplanation? TryExplain(string text);
}
