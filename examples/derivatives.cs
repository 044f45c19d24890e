#:project ../src/Nabla.Tensors/Nabla.Tensors.csproj
// Derivatives of functions of tensors, integrals, a falling ball, and what a matrix is made of.
using System.Globalization;
using Nabla.Numerics;
using Nabla.Numerics.Calculus;
using Nabla.Tensors;
using Nabla.Tensors.Calculus;
using Nabla.Tensors.LinearAlgebra;
using Nabla.Tensors.Ops;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;

// snippet: derivatives
// f(x, y) = x² + 2xy + y² at (3, 2)
Tensor F(Tensor p) => p.Sum().Square();
Tensor point = new([3, 2], [2]);
Tensor gradient = Autodiff.Gradient(F, point);                 // [10, 10]
Tensor hessian = Autodiff.Hessian(F, point);                   // [[2, 2], [2, 2]]
Tensor jacobian = Autodiff.Jacobian(p => p.Softmax(), point);  // [[σ(1 − σ), −σ(1 − σ)], …], σ = 0.7311

Estimate bell = Integrate.GaussKronrod(x => Math.Exp(-x * x), double.NegativeInfinity, double.PositiveInfinity);
Slope fall = Trajectory.FromAcceleration((t, x, v, a) => a[0] = -9.81);
double[] ball = Trajectory.RungeKutta4(fall, [100, 0], 0, 2, 10).Last;  // metres, metres a second

Tensor matrix = Tensor.Randn([6, 4], new Rng(1));
(Tensor u, Tensor s, Tensor vt) = matrix.Svd();
Tensor error = (u * s).MatMul(vt) - matrix;                    // U·diag(s)·Vᵀ − A
// end

Console.WriteLine($"∇f = {Show(gradient)}, H = {Show(hessian)}, J of softmax = {Show(jacobian)}");
Console.WriteLine($"∫exp(−x²)dx = {bell.Value:F10}, √π = {Math.Sqrt(Math.PI):F10}");
Console.WriteLine($"a ball that falls 2 s from 100 m: at {ball[0]:F2} m, {ball[1]:F2} m/s");
Console.WriteLine($"singular values {Show(s)}, largest error {error.Abs().Max().Item():0.0e+00}");

static string Show(Tensor x) => $"[{string.Join(", ", x.ToArray().Select(value => $"{value:0.####}"))}]";
