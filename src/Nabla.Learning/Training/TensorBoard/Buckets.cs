namespace Nabla.Learning.Training.TensorBoard;

/// <summary>A histogram as TensorBoard stores it: bucket i holds what lies in (limit[i − 1], limit[i]].</summary>
internal sealed record Buckets(double Least, double Most, double Sum, double Squares, double[] Limits, double[] Counts)
{
    private const int Wanted = 40;

    /// <summary>Of the finite numbers, in buckets of one width from the least to the greatest.</summary>
    public static Buckets Of(ReadOnlySpan<float> numbers)
    {
        (double least, double most, double sum, double squares) =
            (double.PositiveInfinity, double.NegativeInfinity, 0, 0);
        foreach (float x in numbers)
            if (float.IsFinite(x))
                (least, most, sum, squares) =
                    (Math.Min(least, x), Math.Max(most, x), sum + x, squares + (double)x * x);
        if (least > most)
            return new Buckets(0, 0, 0, 0, [0], [0]);
        if (least == most)
            return new Buckets(least, most, sum, squares, [least], [Count(numbers)]);
        double width = (most - least) / Wanted;
        var limits = new double[Wanted + 1]; // the first bucket holds the least number alone
        var counts = new double[Wanted + 1];
        for (int i = 0; i <= Wanted; i++)
            limits[i] = i == Wanted ? most : least + i * width;
        foreach (float x in numbers)
            if (float.IsFinite(x))
            {
                int bucket = Math.Clamp((int)Math.Ceiling((x - least) / width), 0, Wanted);
                while (x > limits[bucket]) // rounding of the quotient
                    bucket++;
                while (bucket > 0 && x <= limits[bucket - 1])
                    bucket--;
                counts[bucket]++;
            }
        return new Buckets(least, most, sum, squares, limits, counts);
    }

    private static int Count(ReadOnlySpan<float> numbers)
    {
        int count = 0;
        foreach (float x in numbers)
            count += float.IsFinite(x) ? 1 : 0;
        return count;
    }
}
