using Nabla.Numerics;

namespace Nabla.Language.Models;

/// <summary>What a block needs besides its input.</summary>
/// <param name="Layer">Its number, from 0.</param>
/// <param name="Cache">Keys and values of earlier positions, while generating.</param>
/// <param name="Dropout">Source of dropout masks, while training.</param>
public readonly record struct LayerContext(int Layer, KeyValueCache? Cache, Rng? Dropout);
