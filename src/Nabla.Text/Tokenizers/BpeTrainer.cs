using System.Runtime.InteropServices;
using System.Text;

namespace Nabla.Text.Tokenizers;

/// <summary>
/// Learns a byte-level BPE vocabulary: the most frequent pair of neighbouring tokens becomes a token, again and again
/// (Sennrich et al. 2016, arXiv:1508.07909, algorithm 1, with counts kept up to date instead of counted anew). Ties go
/// to the pair with the lowest ids, as in Hugging Face tokenizers, so the same text gives the same vocabulary.
/// </summary>
public sealed class BpeTrainer
{
    private readonly BpeTrainerOptions options;
    private readonly Dictionary<string, long> countOfPiece = new(StringComparer.Ordinal);

    /// <summary>A trainer that has seen no text yet.</summary>
    /// <exception cref="ArgumentException">
    /// The vocabulary is too small for the bytes and the special tokens.
    /// </exception>
    public BpeTrainer(BpeTrainerOptions? options = null)
    {
        this.options = options ?? new BpeTrainerOptions();
        int least = 256 + this.options.SpecialTokens.Count;
        if (this.options.VocabularySize < least)
            throw new ArgumentException(
                $"BPE: a vocabulary of {this.options.VocabularySize} is too small for the bytes and the special " +
                $"tokens. Ask for at least {least}.", nameof(options));
    }

    /// <summary>A tokenizer learned from one text.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static BpeTokenizer Train(
        string text, BpeTrainerOptions? options = null, CancellationToken cancellation = default)
    {
        var trainer = new BpeTrainer(options);
        trainer.Add(text, cancellation);
        return trainer.Train(cancellation);
    }

    /// <summary>Counts the pieces of one text or document.</summary>
    /// <exception cref="OperationCanceledException">It was cancelled; pieces up to there are counted.</exception>
    public void Add(ReadOnlySpan<char> text, CancellationToken cancellation = default)
    {
        var pieces = countOfPiece.GetAlternateLookup<ReadOnlySpan<char>>();
        while (!text.IsEmpty)
        {
            cancellation.ThrowIfCancellationRequested();
            int length = Gpt2Splitter.FirstPiece(text);
            CollectionsMarshal.GetValueRefOrAddDefault(pieces, text[..length], out _)++;
            text = text[length..];
        }
    }

    /// <summary>
    /// Learns merges from the text added so far until the vocabulary is full, or no pair is left that occurs
    /// <see cref="BpeTrainerOptions.MinimumCount"/> times: a small text gives a smaller vocabulary than asked for.
    /// </summary>
    /// <exception cref="ArgumentException">
    /// A special token is empty, given twice, or also learned from the text.
    /// </exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public BpeTokenizer Train(CancellationToken cancellation = default)
    {
        AddedToken[] special = [.. options.SpecialTokens.Select((text, id) => new AddedToken(text, id))];
        List<byte[]> tokens =
            [.. special.Select(t => Encoding.UTF8.GetBytes(t.Text)), .. ByteAlphabet.Ordered.Select(b => new[] { b })];
        var idOfByte = new int[256];
        for (int i = 0; i < 256; i++)
            idOfByte[ByteAlphabet.Ordered[i]] = special.Length + i;

        var pairs = new BpePairCounts();
        foreach ((string piece, long count) in countOfPiece)
        {
            cancellation.ThrowIfCancellationRequested();
            byte[] bytes = new byte[3 * piece.Length];
            int length = Wtf8.GetBytes(piece, bytes);
            pairs.AddWord([.. bytes.Take(length).Select(b => idOfByte[b])], count);
        }

        var merges = new List<(int Left, int Right)>();
        var idOfToken = new Dictionary<string, int>(StringComparer.Ordinal);
        while (tokens.Count < options.VocabularySize
            && pairs.TakeMostFrequent(options.MinimumCount) is var (left, right))
        {
            cancellation.ThrowIfCancellationRequested();
            merges.Add((left, right));
            byte[] joined = [.. tokens[left], .. tokens[right]];
            // Two pairs can make the same token; it keeps its first id.
            ref int id = ref CollectionsMarshal.GetValueRefOrAddDefault(
                idOfToken, ByteAlphabet.ToText(joined), out bool known);
            if (!known)
            {
                id = tokens.Count;
                tokens.Add(joined);
            }
            pairs.Merge(left, right, id);
        }
        return new BpeTokenizer(new BpeTokenizer.Parts([.. tokens], merges, special));
    }
}
