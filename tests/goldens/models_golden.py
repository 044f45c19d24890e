"""Golden language models: a tiny GPT-2 and a tiny Llama with the parameter names and layouts of Hugging Face.

The tensors of a file are the model's weights under their Hugging Face names, and beside them `golden/logits`,
`golden/loss` and `golden/grad/NAME` for every weight; `input_ids` and `targets` are JSON in the metadata.
Every weight is random, also norms and biases: a weight that is read in the wrong place then shows.
"""
import numpy as np
import torch
import torch.nn.functional as F

from ops_golden import attention, rms_norm, rotate

BATCH = 2

GPT2 = {
    "architectures": ["GPT2LMHeadModel"], "model_type": "gpt2",
    "vocab_size": 65, "n_positions": 16, "n_ctx": 16, "n_embd": 32, "n_layer": 2, "n_head": 2, "n_inner": None,
    "activation_function": "gelu_new", "layer_norm_epsilon": 1e-5, "initializer_range": 0.02,
    "resid_pdrop": 0.0, "embd_pdrop": 0.0, "attn_pdrop": 0.0,
    "tie_word_embeddings": True, "torch_dtype": "float32",
}

LLAMA = {
    "architectures": ["LlamaForCausalLM"], "model_type": "llama",
    "vocab_size": 65, "max_position_embeddings": 16, "hidden_size": 32, "intermediate_size": 64,
    "num_hidden_layers": 2, "num_attention_heads": 4, "num_key_value_heads": 2, "head_dim": 8,
    "hidden_act": "silu", "rms_norm_eps": 1e-5, "rope_theta": 10000.0, "rope_scaling": None,
    "attention_bias": False, "mlp_bias": False, "attention_dropout": 0.0, "initializer_range": 0.02,
    "tie_word_embeddings": False, "torch_dtype": "float32",
}


def gpt2_shapes(c):
    C = c["n_embd"]
    shapes = {"transformer.wte.weight": [c["vocab_size"], C], "transformer.wpe.weight": [c["n_positions"], C]}
    for i in range(c["n_layer"]):
        h = f"transformer.h.{i}."
        for norm in "ln_1", "ln_2":
            shapes |= {h + norm + ".weight": [C], h + norm + ".bias": [C]}
        # Conv1D: [in, out], the transpose of torch.nn.Linear.
        for name, inner, outer in [("attn.c_attn", C, 3 * C), ("attn.c_proj", C, C), ("mlp.c_fc", C, 4 * C), ("mlp.c_proj", 4 * C, C)]:
            shapes |= {h + name + ".weight": [inner, outer], h + name + ".bias": [outer]}
    return shapes | {"transformer.ln_f.weight": [C], "transformer.ln_f.bias": [C]}


def gpt2(w, c, ids):
    C, H, eps = c["n_embd"], c["n_head"], c["layer_norm_epsilon"]
    B, T = ids.shape
    norm = lambda name, x: F.layer_norm(x, [C], w[name + ".weight"], w[name + ".bias"], eps)
    conv1d = lambda name, x: x @ w[name + ".weight"] + w[name + ".bias"]
    x = w["transformer.wte.weight"][ids] + w["transformer.wpe.weight"][:T]
    for i in range(c["n_layer"]):
        h = f"transformer.h.{i}."
        q, k, v = conv1d(h + "attn.c_attn", norm(h + "ln_1", x)).view(B, T, 3, H, C // H).permute(2, 0, 3, 1, 4)
        x = x + conv1d(h + "attn.c_proj", attention(q, k, v, causal=True).transpose(1, 2).reshape(B, T, C))
        inner = F.gelu(conv1d(h + "mlp.c_fc", norm(h + "ln_2", x)), approximate="tanh")
        x = x + conv1d(h + "mlp.c_proj", inner)
    return norm("transformer.ln_f", x) @ w["transformer.wte.weight"].T


def llama_shapes(c):
    C, D, inner = c["hidden_size"], c["head_dim"], c["intermediate_size"]
    queries, keys = c["num_attention_heads"] * D, c["num_key_value_heads"] * D
    shapes = {"model.embed_tokens.weight": [c["vocab_size"], C]}
    for i in range(c["num_hidden_layers"]):
        h = f"model.layers.{i}."
        shapes |= {
            h + "self_attn.q_proj.weight": [queries, C], h + "self_attn.k_proj.weight": [keys, C],
            h + "self_attn.v_proj.weight": [keys, C], h + "self_attn.o_proj.weight": [C, queries],
            h + "mlp.gate_proj.weight": [inner, C], h + "mlp.up_proj.weight": [inner, C],
            h + "mlp.down_proj.weight": [C, inner],
            h + "input_layernorm.weight": [C], h + "post_attention_layernorm.weight": [C],
        }
    return shapes | {"model.norm.weight": [C], "lm_head.weight": [c["vocab_size"], C]}


def llama(w, c, ids):
    D, eps, base = c["head_dim"], c["rms_norm_eps"], c["rope_theta"]
    B, T = ids.shape
    norm = lambda name, x: rms_norm(x, w[name + ".weight"], eps)
    linear = lambda name, x: x @ w[name + ".weight"].T
    heads = lambda x: x.view(B, T, -1, D).transpose(1, 2)
    x = w["model.embed_tokens.weight"][ids]
    for i in range(c["num_hidden_layers"]):
        h = f"model.layers.{i}."
        a = norm(h + "input_layernorm", x)
        q, k, v = (heads(linear(f"{h}self_attn.{p}_proj", a)) for p in "qkv")
        mixed = attention(rotate(q, base), rotate(k, base), v, causal=True)
        x = x + linear(h + "self_attn.o_proj", mixed.transpose(1, 2).reshape(B, T, -1))
        m = norm(h + "post_attention_layernorm", x)
        x = x + linear(h + "mlp.down_proj", F.silu(linear(h + "mlp.gate_proj", m)) * linear(h + "mlp.up_proj", m))
    return linear("lm_head", norm("model.norm", x))


def random_weights(shapes, rng):
    weights = {}
    for name, shape in shapes.items():
        sample = rng.standard_normal(shape) * 0.2
        if len(shape) == 1 and name.endswith("weight"):
            sample += 1  # a norm's scale
        weights[name] = torch.from_numpy(sample.astype(np.float32).astype(np.float64)).requires_grad_()
    return weights


def record_model(forward, shapes, config, length, seed):
    rng = np.random.RandomState(seed)
    weights = random_weights(shapes(config), rng)
    text = rng.randint(0, config["vocab_size"], (BATCH, length + 1))
    ids, targets = text[:, :-1], text[:, 1:]
    logits = forward(weights, config, torch.from_numpy(ids))
    loss = F.cross_entropy(logits.flatten(0, 1), torch.from_numpy(targets).flatten())
    gradients = torch.autograd.grad(loss, list(weights.values()))
    tensors = {**weights, "golden/logits": logits, "golden/loss": loss}
    tensors |= {"golden/grad/" + name: gradient for name, gradient in zip(weights, gradients)}
    metadata = {"format": "pt", "seed": seed, "input_ids": ids.tolist(), "targets": targets.tolist()}
    return tensors, metadata


def record_gpt2():
    return record_model(gpt2, gpt2_shapes, GPT2, GPT2["n_positions"], 20240103)


def record_llama():
    return record_model(llama, llama_shapes, LLAMA, LLAMA["max_position_embeddings"], 20240104)
