namespace Nabla.Formulas.Articles.Python;

/// <summary>start:stop:step.</summary>
internal sealed record PySlice(int? Start, int? Stop, int? Step)
{
    public static PySlice Whole { get; } = new(null, null, null);

    public bool IsWhole => Start is null && Stop is null && Step is null;

    /// <summary>Where it starts in a row of that size, how many it takes, and how far apart they are.</summary>
    public (int From, int Count, int Step) Resolve(int size)
    {
        int step = Step ?? 1;
        if (step == 0)
            throw new PythonException("the step of a slice is 0");
        int lowest = step > 0 ? 0 : -1, highest = step > 0 ? size : size - 1;
        int from = Bound(Start, step > 0 ? 0 : size - 1), to = Bound(Stop, step > 0 ? size : -1);
        if (Stop is null)
            to = step > 0 ? size : -1;
        long span = step > 0 ? (long)to - from : (long)from - to;
        long count = span <= 0 ? 0 : (span + Math.Abs((long)step) - 1) / Math.Abs((long)step);
        return (count == 0 ? 0 : from, (int)count, step);

        int Bound(int? bound, int usual)
        {
            if (bound is not { } value)
                return usual;
            long place = value < 0 ? (long)value + size : value;
            return (int)Math.Clamp(place, lowest, highest);
        }
    }
}
