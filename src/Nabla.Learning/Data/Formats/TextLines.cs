using System.Text;
using Nabla.Learning.Checkpoints;
using Nabla.Numerics;

namespace Nabla.Learning.Data.Formats;

/// <summary>
/// Plain text in UTF-8, read a line at a time, so that files may be of any size; compressed with gzip or not.
/// </summary>
/// <example><code>
/// TextLines.Read(new StringReader("one\ntwo"), "example").Count();      // = 2
/// </code></example>
public static class TextLines
{
    /// <summary>Characters of the longest line that is taken.</summary>
    public const int LongestLine = 1 << 26;

    /// <summary>The lines of the file <paramref name="path"/>, without their ends.</summary>
    /// <exception cref="DataException">
    /// There is no such file, it is not UTF-8, or a line is longer than <see cref="LongestLine"/>.
    /// </exception>
    public static IEnumerable<string> Read(string path)
    {
        using StreamReader text = Open(path);
        foreach (string line in Read(text, path))
            yield return line;
    }

    /// <summary>The lines of a text; <paramref name="name"/> is what errors call it.</summary>
    /// <exception cref="DataException">It is not UTF-8, or a line is longer than <see cref="LongestLine"/>.</exception>
    public static IEnumerable<string> Read(TextReader text, string name)
    {
        var line = new StringBuilder();
        var block = new char[1 << 14];
        int number = 1;
        bool afterReturn = false;
        for (int read; (read = Take(text, block, name)) > 0;)
        {
            int from = 0;
            for (int i = 0; i < read; i++)
            {
                bool isSecondHalf = afterReturn && block[i] == '\n';
                afterReturn = block[i] == '\r';
                if (isSecondHalf)
                {
                    from = i + 1;
                    continue;
                }
                if (block[i] is not ('\n' or '\r'))
                    continue;
                yield return line.Append(block, from, i - from).ToString();
                line.Clear();
                number++;
                from = i + 1;
            }
            line.Append(block, from, read - from);
            if (line.Length > LongestLine)
                throw new DataException(
                    $"Cannot use '{name}': line {number} has more than {LongestLine:N0} characters; "
                    + "expected shorter lines. Is it a text file?");
        }
        if (line.Length > 0)
            yield return line.ToString();
    }

    /// <summary>A text file in UTF-8; one that begins as gzip files do is decompressed.</summary>
    internal static StreamReader Open(string path) => new(
        DataStreams.Open(path).Stream,
        new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true));

    /// <summary>Whether <see cref="Explain"/> knows what to say.</summary>
    internal static bool Explains(Exception error) =>
        error is DecoderFallbackException or InvalidDataException || FileErrors.Explains(error);

    /// <summary>What a text that cannot be read has to be told as.</summary>
    internal static DataException Explain(Exception error, string name) => error switch
    {
        DecoderFallbackException => new DataException(
            $"Cannot use '{name}': it has bytes that are no UTF-8; expected text in UTF-8. Save it so.", error),
        InvalidDataException => new DataException($"Cannot use '{name}': it is damaged "
            + $"({Foreign.OneLine(error.Message)}); expected a sound compressed file.", error),
        _ => ByteSource.Unreadable(name, error),
    };

    private static int Take(TextReader text, char[] block, string name)
    {
        try
        {
            return text.Read(block);
        }
        catch (Exception error) when (Explains(error))
        {
            throw Explain(error, name);
        }
    }
}
