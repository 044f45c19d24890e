using Nabla.Numerics.Kernels;

namespace Nabla.Numerics.Tests.Kernels;

/// <summary>
/// Steps of recurrent networks and CTC; their gradients are held to dual numbers as those of all ops.
/// </summary>
public class RecurrentKernelTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 17)]
    [InlineData(70, 200)]
    public void An_LSTM_step_follows_its_formula(int rows, int size)
    {
        float[] gates = Arrays.Normal(4 * rows * size, 1), before = Arrays.Normal(rows * size, 2);
        float[] cell = new float[rows * size], hidden = new float[rows * size];
        double[] expectedCell = new double[cell.Length], expected = new double[cell.Length];
        for (int r = 0; r < rows; r++)
            for (int k = 0; k < size; k++)
            {
                double Gate(int g) => gates[r * 4 * size + g * size + k];
                double c = Sigmoid(Gate(1)) * before[r * size + k] + Sigmoid(Gate(0)) * Math.Tanh(Gate(2));
                (expectedCell[r * size + k], expected[r * size + k]) = (c, Sigmoid(Gate(3)) * Math.Tanh(c));
            }
        LstmKernel.Forward(new LstmStep(gates, before, cell, hidden), size);
        Arrays.ShouldBeClose(cell, expectedCell, 2e-6);
        Arrays.ShouldBeClose(hidden, expected, 2e-6);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 17)]
    [InlineData(70, 200)]
    public void A_GRU_step_follows_its_formula(int rows, int size)
    {
        float[] gates = Arrays.Normal(3 * rows * size, 1), products = Arrays.Normal(3 * rows * size, 2);
        float[] before = Arrays.Normal(rows * size, 3), hidden = new float[rows * size];
        var expected = new double[hidden.Length];
        for (int r = 0; r < rows; r++)
            for (int k = 0; k < size; k++)
            {
                int At(int g) => r * 3 * size + g * size + k;
                double reset = Sigmoid(gates[At(0)] + products[At(0)]), z = Sigmoid(gates[At(1)] + products[At(1)]);
                double n = Math.Tanh(gates[At(2)] + reset * products[At(2)]);
                expected[r * size + k] = (1 - z) * n + z * before[r * size + k];
            }
        GruKernel.Forward(new GruStep(gates, products, before), size, hidden);
        Arrays.ShouldBeClose(hidden, expected, 2e-6);
    }

    [Fact]
    public void Lengths_that_do_not_fit_are_refused()
    {
        float[] two = new float[2], three = new float[3], six = new float[6], eight = new float[8];
        Should.Throw<ArgumentException>(() => LstmKernel.Forward(new(six, two, two, two), 2));
        Should.Throw<ArgumentException>(() => LstmKernel.Forward(new(eight, three, two, two), 2));
        Should.Throw<ArgumentException>(() => LstmKernel.Forward(new(eight, two, two, two), 0));
        Should.Throw<ArgumentException>(() => LstmKernel.Backward(eight, new(two, two, two, three), 2, eight));
        Should.Throw<ArgumentException>(() => LstmKernel.Backward(eight, new(two, two, two, two), 2, six));
        Should.Throw<ArgumentException>(() => GruKernel.Forward(new(six, eight, two), 2, two));
        Should.Throw<ArgumentException>(() => GruKernel.Forward(new(six, six, three), 2, two));
        Should.Throw<ArgumentException>(() => GruKernel.Backward(new(six, six, two), 2, two, eight));
    }

    [Fact]
    public void CTC_refuses_lengths_and_classes_that_do_not_fit()
    {
        float[] logs = new float[12], losses = new float[2];
        Refuse([1, 2], [3, 2, 1], 3); // a length missing
        Refuse([1, 2], [3, 2, 1, 2], 3); // targets of three classes in all
        Refuse([1, 2], [4, 2, 1, 1], 3); // four steps of three
        Refuse([1, 2], [3, 2, -1, 3], 3);
        Refuse([1, 0], [3, 2, 1, 1], 3); // the blank as a target
        Refuse([1, 2], [3, 2, 1, 1], 4); // other steps
        CtcKernel.Forward(new CtcInputs(logs, [1, 1], [3, 2, 1, 1]) { Steps = 3, Classes = 2 }, losses);

        void Refuse(int[] targets, int[] lengths, int steps) => Should.Throw<ArgumentException>(() =>
            CtcKernel.Forward(new CtcInputs(logs, targets, lengths) { Steps = steps, Classes = 2 }, losses));
    }

    private static double Sigmoid(double x) => 1 / (1 + Math.Exp(-x));
}
