using Nabla.Tensors;

namespace Nabla.Learning.Training;

/// <summary>Gives modules the names of their parameters, for what observes operations.</summary>
public static class ModuleNames
{
    extension(Module module)
    {
        /// <summary>Every parameter with its property path.</summary>
        public IEnumerable<KeyValuePair<Tensor, string>> TensorNames() =>
            module.Parameters().Select(named => KeyValuePair.Create((Tensor)named.Parameter, named.Path));
    }
}
