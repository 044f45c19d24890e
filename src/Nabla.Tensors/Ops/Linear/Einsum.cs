namespace Nabla.Tensors.Ops;

/// <summary>Sums of products by Einstein's convention, through matrix products.</summary>
public static class EinsumExtensions
{
    extension(Tensor)
    {
        /// <summary>
        /// Einstein sum: a letter names a dimension, equal letters run together, letters that the result does not name
        /// are summed over. <c>ij,jk->ik</c> is the matrix product, <c>ii->i</c> the diagonal, <c>bi,bj->bij</c> outer
        /// products; "..." stands for dimensions that broadcast; without "->" the result has the letters that occur
        /// once, in order. Operands are taken from left to right, two at a time, by <c>MatMul</c>.
        /// </summary>
        /// <exception cref="ArgumentException">The equation is no such text, or does not fit the shapes.</exception>
        /// <example><code>
        /// Tensor a = new([1f, 2f, 3f, 4f], [2, 2]), v = new([1f, 10f]);
        /// Tensor.Einsum("ij,j->i", a, v);   // = [21, 43]
        /// Tensor.Einsum("ii", a);   // = 5
        /// </code></example>
        public static Tensor Einsum(string equation, params ReadOnlySpan<Tensor> operands)
        {
            EinsumLabels labels = EinsumLabels.Parse(equation, operands);
            CheckSizes(equation, labels, operands);
            var terms = new Term[operands.Length];
            for (int k = 0; k < terms.Length; k++)
                terms[k] = new Term(operands[k], labels.Operands[k]).WithoutRepeats();
            Term sum = terms[0];
            for (int k = 0; k < terms.Length; k++)
            {
                HashSet<int> needed = [.. labels.Result, .. terms.Skip(k + 1).SelectMany(term => term.Labels)];
                sum = k == 0 ? sum.Keeping(needed) : Term.Contract(sum, terms[k], needed);
            }
            return sum.InOrder(labels.Result).X;
        }
    }

    private static void CheckSizes(string equation, EinsumLabels labels, ReadOnlySpan<Tensor> operands)
    {
        var sizes = new Dictionary<int, int>();
        for (int k = 0; k < operands.Length; k++)
            for (int d = 0; d < operands[k].Rank; d++)
            {
                int label = labels.Operands[k][d], size = operands[k].Shape[d];
                int known = sizes.GetValueOrDefault(label, 1);
                int first = operands[k].Shape[labels.Operands[k].IndexOf(label)]; // a diagonal does not broadcast
                int other = size != first ? first : known;
                if (size != first || (size != known && size != 1 && known != 1))
                    throw new ArgumentException(
                        $"Einsum: in \"{equation}\" {(label < 0 ? "\"...\"" : $"'{(char)label}'")} is {other}, and " +
                        $"{size} in operand {k}, {operands[k].Shape}; sizes must be equal, or that of one operand 1.");
                sizes[label] = size == 1 ? known : size;
            }
    }

    /// <summary>A tensor and the labels of its dimensions.</summary>
    private readonly record struct Term(Tensor X, List<int> Labels)
    {
        /// <summary>Σ over the labels that both have and nobody needs any more, of the products.</summary>
        public static Term Contract(Term a, Term b, HashSet<int> needed)
        {
            a = a.Keeping([.. needed, .. b.Labels]);
            b = b.Keeping([.. needed, .. a.Labels]);
            List<int> shared = [.. a.Labels.Where(b.Labels.Contains)];
            List<int> batch = [.. shared.Where(needed.Contains)], summed = [.. shared.Except(batch)];
            List<int> onlyA = [.. a.Labels.Except(shared)], onlyB = [.. b.Labels.Except(shared)];
            Dictionary<int, int> sizes = Sizes(a, b);
            List<int> result = [.. batch, .. onlyA, .. onlyB];
            if (summed.Count == 0)
            {
                Tensor x = a.InOrder([.. batch, .. onlyA]).X, y = b.InOrder([.. batch, .. onlyB]).X;
                x = x.Reshape([.. x.Shape, .. onlyB.Select(_ => 1)]);
                y = y.Reshape([.. y.Shape.Take(batch.Count), .. onlyA.Select(_ => 1), .. y.Shape.Skip(batch.Count)]);
                return new Term(x * y, result);
            }
            Tensor left = a.Stretched(sizes, shared).InOrder([.. batch, .. onlyA, .. summed]).X;
            Tensor right = b.Stretched(sizes, shared).InOrder([.. batch, .. summed, .. onlyB]).X;
            int count = Product(batch), middle = Product(summed), rows = Product(onlyA), columns = Product(onlyB);
            Tensor product = left.Reshape(count, rows, middle).MatMul(right.Reshape(count, middle, columns));
            return new Term(product.Reshape([.. result.Select(label => sizes[label])]), result);

            int Product(List<int> labels) => labels.Aggregate(1, (product, label) => product * sizes[label]);
        }

        /// <summary>Where a label stands twice, the diagonal of its dimensions.</summary>
        public Term WithoutRepeats()
        {
            Term term = this;
            while (term.Labels.GroupBy(label => label).FirstOrDefault(group => group.Count() > 1)?.Key is { } label)
            {
                int first = term.Labels.IndexOf(label), last = term.Labels.LastIndexOf(label);
                List<int> rest = [.. term.Labels.Where((_, d) => d != first && d != last), label];
                term = new Term(term.X.Diagonal(0, first, last), rest);
            }
            return term;
        }

        /// <summary>The sum over all other labels.</summary>
        public Term Keeping(HashSet<int> needed)
        {
            List<int> labels = Labels;
            int[] dims = [.. Enumerable.Range(0, labels.Count).Where(Unneeded)];
            return dims.Length == 0 ? this : new Term(X.Sum(dims), [.. labels.Where(needed.Contains)]);

            bool Unneeded(int d) => !needed.Contains(labels[d]);
        }

        /// <summary>The dimensions in the order of these labels; those that x does not have with size 1.</summary>
        public Term InOrder(List<int> labels)
        {
            List<int> own = Labels;
            Tensor x = X;
            int[] order = [.. labels.Where(own.Contains).Select(label => own.IndexOf(label))];
            x = x.Rank == 0 ? x : x.Permute(order);
            for (int d = 0; d < labels.Count; d++)
                if (!own.Contains(labels[d]))
                    x = x.Unsqueeze(d);
            return new Term(x, labels);
        }

        private static Dictionary<int, int> Sizes(Term a, Term b)
        {
            var sizes = new Dictionary<int, int>();
            foreach (Term term in (ReadOnlySpan<Term>)[a, b])
                for (int d = 0; d < term.Labels.Count; d++)
                    if (term.X.Shape[d] is var size && (size != 1 || !sizes.ContainsKey(term.Labels[d])))
                        sizes[term.Labels[d]] = size;
            return sizes;
        }

        /// <summary>Sizes of 1 of these labels as large as in the other operand.</summary>
        private Term Stretched(Dictionary<int, int> sizes, List<int> stretched)
        {
            List<int> labels = Labels;
            Tensor x = X;
            int[] full = [.. labels.Select((label, d) => stretched.Contains(label) ? sizes[label] : x.Shape[d])];
            return x.Shape.AsSpan().SequenceEqual(full) ? this : new Term(x.Expand(full), labels);
        }
    }
}
