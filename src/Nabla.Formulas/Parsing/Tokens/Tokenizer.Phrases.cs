using System.Buffers;
using Nabla.Formulas.Trees;

namespace Nabla.Formulas.Parsing.Tokens;

// Names of several words: batch size, tokens per step, KV cache.
internal sealed partial class Tokenizer
{
    private const int MostWordsInPhrase = 6;

    private static readonly SearchValues<char> Vowels = SearchValues.Create("aeiouy");

    // Words side by side are one name, unless one of them stands by itself elsewhere: 2 precision recall.
    private bool ReadPhrase(int start)
    {
        if (groups.Peek() is not { Script: Script.None, Alphabet: Alphabet.Plain }
            || tokens is [.., { Kind: TokenKind.Sub or TokenKind.Sup }])
            return false;
        bool begins = tokens.Count == 0;
        if (begins && EndOfHyphenated(start) is var hyphenated && hyphenated > start)
        {
            AddLetter(text[start..hyphenated], start, hyphenated, Alphabet.Upright);
            return true;
        }
        int stop = EndOfPhrase(start, isLeft: false);
        if (begins && EndOfPhrase(start, isLeft: true) is var left && left > stop && IsBeforeEquals(left))
            stop = left;
        if (stop == start || stop < end && text[stop] is '(' or '_' or '['
            || !(begins && IsBeforeEquals(stop)) && HasWordApart(start, stop))
            return false;
        string phrase = string.Join(' ', text[start..stop].Split(' ', StringSplitOptions.RemoveEmptyEntries));
        AddLetter(phrase, start, stop, Alphabet.Upright);
        return true;
    }

    // ROUGE-N = …, top-k accuracy: nobody writes a difference without spaces to the left of an equals sign.
    private int EndOfHyphenated(int start)
    {
        int hyphen = EndOfWord(start);
        if (hyphen - start < 3 || hyphen + 1 >= end || text[hyphen] != '-'
            || !char.IsAsciiLetterOrDigit(text[hyphen + 1]) || Notation.IsGreek(text[start..hyphen]))
            return start;
        int stop = hyphen + 1;
        while (stop < end && char.IsAsciiLetterOrDigit(text[stop]))
            stop++;
        return IsBeforeEquals(stop) ? stop : start;
    }

    // tokens/s
    private bool ReadRate(int start, int stop)
    {
        bool isRate = text.AsSpan(stop).StartsWith("/s") && !(stop + 2 < end && IsOfName(text[stop + 2]))
            && text.AsSpan(start, stop - start) is "tokens" or "samples" or "bytes" or "steps" or "images" or "FLOPs"
                or "FLOP" or "GB";
        if (isRate)
            AddLetter(text[start..(stop + 2)], start, stop + 2, Alphabet.Upright);
        return isRate;
    }

    // #params, # tokens: how many
    private bool ReadCounted()
    {
        int from = AfterSpaces(at + 1), stop = EndOfWord(from);
        if (text[at] != '#' || stop - from < 2)
            return false;
        AddLetter("#" + text[from..stop], at, stop, Alphabet.Upright);
        return true;
    }

    private int EndOfPhrase(int start, bool isLeft)
    {
        int last = start, words = 0, from = start;
        bool hasLongWord = false, joins = false;
        while (words < MostWordsInPhrase && EndOfWord(from) is var to && to > from)
        {
            ReadOnlySpan<char> word = text.AsSpan(from, to - from);
            if (words > 0 && !joins && IsConnector(word, to))
                joins = true;
            else if (IsWordOfPhrase(word, isLeft, isFirst: words == 0))
            {
                hasLongWord |= (word.Length > 3 || word is "num") && char.IsAsciiLetterLower(word[^2]);
                words++;
                last = to;
                joins = false;
            }
            else
                break;
            from = AfterSpaces(to);
            if (from == to)
                break;
        }
        if (text.AsSpan(start, last - start).EndsWith("top") && EndOfWord(from) == from + 1 && text[from] is 'k' or 'K')
            last = from + 1; // relevant in top k
        return words > 1 && hasLongWord ? last : start;
    }

    private bool IsWordOfPhrase(ReadOnlySpan<char> word, bool isLeft, bool isFirst)
    {
        bool isAcronym = !word[..^1].ContainsAnyExceptInRange('A', 'Z') && word[^1] is 's' or (>= 'A' and <= 'Z');
        if (isAcronym)
            return word.Length is > 1 and < 6;
        int least = isLatex && !isLeft ? 4 : 3;
        if (word.Length < least || !word.ContainsAny(Vowels) || word[1..].ContainsAnyInRange('A', 'Z'))
            return false;
        if (!Notation.TryFind(word, out Meaning meaning))
            return true;
        return meaning.Kind == TokenKind.Letter ? !Notation.IsGreek(word.ToString())
            : isLeft && meaning.Kind is TokenKind.Function or TokenKind.Big or TokenKind.Expectation
                && !(isFirst && word is not ("mean" or "max" or "min" or "average") && !IsLogLoss());
    }

    private bool IsLogLoss() => text.AsSpan().TrimStart().StartsWith("log loss", StringComparison.Ordinal);

    // tokens per step, number of heads, relevant in top k
    private bool IsConnector(ReadOnlySpan<char> word, int stop)
    {
        if (word is "per" or "of")
            return true;
        int next = AfterSpaces(stop);
        return word is "in" && text.AsSpan(next, EndOfWord(next) - next) is "top" or "the" or "each" or "all";
    }

    private bool HasWordApart(int start, int stop)
    {
        for (int from = start; from < stop; from = AfterSpaces(EndOfWord(from)))
        {
            string word = text[from..EndOfWord(from)];
            if (word.Length == 1)
                continue; // the k of "in top k"
            for (int i = text.IndexOf(word, StringComparison.Ordinal); i >= 0;
                i = text.IndexOf(word, i + word.Length, StringComparison.Ordinal))
            {
                if ((i < start || i >= stop) && StandsApart(i, i + word.Length))
                    return true;
            }
        }
        return false;
    }

    // Whether a whole word has no other word beside it.
    private bool StandsApart(int from, int to)
    {
        int before = from;
        while (before > 0 && text[before - 1] == ' ')
            before--;
        int next = AfterSpaces(to);
        bool touches = from > 0 && IsOfName(text[from - 1]) || to < end && IsOfName(text[to]);
        return !touches && !(before > 0 && char.IsAsciiLetter(text[before - 1]))
            && !(next < end && char.IsAsciiLetter(text[next]));
    }

    private static bool IsOfName(char c) => char.IsAsciiLetterOrDigit(c) || c is '_' or '\\';

    private bool IsBeforeEquals(int stop)
    {
        int sign = AfterSpaces(stop);
        return sign < end && text[sign] is '=' or '≈' or '←';
    }

    private int EndOfWord(int from)
    {
        while (from < end && char.IsAsciiLetter(text[from]))
            from++;
        return from;
    }

    private int AfterSpaces(int from)
    {
        while (from < end && text[from] == ' ')
            from++;
        return from;
    }
}
