namespace Nabla.Text.Tokenizers;

/// <summary>A token that is found in a text as it is written, before the text is cut into pieces.</summary>
/// <param name="Text">How it is written, <c>&lt;|endoftext|&gt;</c> for example.</param>
/// <param name="Id">Its id in the vocabulary.</param>
/// <param name="IsSpecial">Whether it is a mark, such as the end of a text, and not text itself.</param>
public sealed record AddedToken(string Text, int Id, bool IsSpecial = true)
{
    /// <summary>The mark that GPT-2 puts between documents.</summary>
    public const string EndOfText = "<|endoftext|>";
}
