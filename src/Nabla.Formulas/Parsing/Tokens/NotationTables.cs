namespace Nabla.Formulas.Parsing.Tokens;

/// <summary>
/// The rows of <see cref="Notation"/>: a value, then its spellings. In a spelling, _ stands for a space between two
/// words.
/// </summary>
internal static class NotationTables
{
    public const string Greek = """
        alpha α \alpha alpha
        beta β \beta beta
        gamma γ \gamma gamma
        delta δ \delta delta
        epsilon ε ϵ \epsilon \varepsilon epsilon eps varepsilon
        zeta ζ \zeta zeta
        eta η \eta eta
        theta θ ϑ \theta \vartheta theta vartheta
        iota ι \iota iota
        kappa κ ϰ \kappa \varkappa kappa varkappa
        lambda λ \lambda lambda
        mu μ µ \mu mu
        nu ν \nu nu
        xi ξ \xi xi
        omicron ο \omicron omicron
        pi π \pi pi
        varpi ϖ \varpi varpi
        rho ρ ϱ \rho \varrho rho varrho
        sigma σ ς \sigma \varsigma sigma varsigma
        tau τ \tau tau
        upsilon υ \upsilon upsilon
        phi φ ϕ \phi \varphi phi varphi
        chi χ \chi chi
        psi ψ \psi psi
        omega ω \omega omega
        Gamma Γ \Gamma \varGamma Gamma
        Delta Δ ∆ \Delta \varDelta Delta
        Theta Θ ϴ \Theta \varTheta Theta
        Lambda Λ \Lambda \varLambda Lambda
        Xi Ξ \Xi Xi
        Pi Π \Pi
        Sigma Σ \Sigma \varSigma Sigma
        Upsilon Υ \Upsilon Upsilon
        Phi Φ \Phi \varPhi Phi
        Psi Ψ \Psi Psi
        Omega Ω \Omega \varOmega Omega
        """;

    private const string Letters = """
        infinity ∞ \infty infinity infty
        ell ℓ \ell
        partial ∂ \partial partial
        emptyset ∅ ⌀ \emptyset \varnothing emptyset
        i \imath
        j \jmath
        hbar ħ \hbar
        ⊤ ⊤ ⊺ \top \intercal
        † † \dagger \dag
        Re ℜ \Re
        Im ℑ \Im
        # \#
        F1 F1
        IDF IDF
        TFIDF TFIDF
        PMI PMI
        IoU IoU
        mIoU mIoU
        GIoU GIoU
        PPL PPL
        FLOPs FLOPs FLOPS
        SS SS
        SSE SSE
        SST SST
        SSR SSR
        RSS RSS
        TSS TSS
        TP TP
        FP FP
        FN FN
        TN TN
        TPR TPR
        TNR TNR
        FPR FPR
        FNR FNR
        AUC AUC
        AP AP
        mAP mAP
        RMSE RMSE
        PE PE
        CV CV
        FL FL
        DCG DCG
        IDCG IDCG
        NDCG NDCG
        MRR MRR
        BLEU BLEU
        BP BP
        SNR SNR
        PSNR PSNR
        SSIM SSIM
        FID FID
        GAE GAE
        lr lr
        pos pos
        rel rel
        MAX MAX
        tf tf
        idf idf
        out out
        acc acc
        nll nll
        err err
        len len
        fan fan
        num num
        seq seq
        src src
        tgt tgt
        LR LR
        wd wd
        """;


    private const string BigOperators = """
        sum \sum ∑ sum
        prod \prod ∏ prod product
        int \int \intop ∫ integral
        int \iint \iiint \oint ∬ ∭ ∮
        coprod \coprod ∐
        max \max max maximize maximise
        min \min min minimize minimise
        argmax \argmax argmax arg_max
        argmin \argmin argmin arg_min
        sup \sup sup
        inf \inf inf
        lim \lim lim
        union \bigcup ⋃
        intersection \bigcap ⋂
        concat \bigparallel
        directsum \bigoplus ⨁
        hadamard \bigodot ⨀
        """;

    private const string Expectations = """
        E 𝔼
        Var \Var Var
        Cov \Cov Cov
        var var
        cov cov
        Std Std
        Pr \Pr Pr Prob ℙ
        E \E \EE \Exp
        """;

    private const string Relations = """
        = = == \eq
        ≡ ≡ \equiv
        ≜ ≜ ≝ \triangleq \eqdef
        := := ≔ \coloneqq \defeq \coloneq
        ≐ ≐ \doteq
        += +=
        -= -=
        ← ← ⟵ <- \leftarrow \gets \longleftarrow
        ≈ ≈ ~= \approx
        ≃ ≃ \simeq
        ≅ ≅ \cong
        ∝ ∝ \propto \varpropto proportional_to
        ∼ ∼ ~ \sim \thicksim drawn_from
        < < \lt
        ≤ ≤ <= ⩽ ≦ \leq \le \leqslant \leqq
        ≪ ≪ << \ll
        ≲ ≲ \lesssim
        > > \gt
        ≥ ≥ >= ⩾ ≧ \geq \ge \geqslant \geqq
        ≫ ≫ >> \gg
        ≳ ≳ \gtrsim
        ≠ ≠ != \neq \ne
        ∈ ∈ ∊ \in belongs_to in
        ∋ ∋ \ni
        ∉ ∉ \notin
        ⊂ ⊂ \subset
        ⊆ ⊆ \subseteq
        ⊄ ⊄ \not\subset
        ⊃ ⊃ \supset
        ⊇ ⊇ \supseteq
        → → ⟶ -> \to \rightarrow \longrightarrow
        ↦ ↦ ⟼ |-> \mapsto \longmapsto
        ↔ ↔ \leftrightarrow
        ↑ ↑ \uparrow
        ↓ ↓ \downarrow
        ⇒ ⇒ ⟹ => \Rightarrow \implies \Longrightarrow
        ⇔ ⇔ ⟺ <=> \Leftrightarrow \iff \Longleftrightarrow
        ⟂ ⟂ ⊥ \perp \bot
        ⫫ ⫫ \indep
        ≻ ≻ \succ
        ≽ ≽ ⪰ \succeq \succcurlyeq
        ≺ ≺ \prec
        ≼ ≼ ⪯ \preceq \preccurlyeq
        ≍ ≍ \asymp
        ⊨ ⊨ \models
        ⊢ ⊢ \vdash
        """;

    private const string ProductSigns = """
        Dot · ⋅ • ∙ ‧ \cdot \cdotp \bullet
        Times × ✕ \times
        Star *
        Power **
        Hadamard ⊙ ʘ \odot
        Circle ∘ \circ
        Outer ⊗ \otimes
        Matrix @
        Convolution ∗ ⋆ \ast \star
        """;

    private const string InfixSigns = """
        ∪ ∪ \cup
        ∩ ∩ \cap
        ∖ ∖ \setminus \smallsetminus
        ⊎ ⊎ \uplus
        ⊕ ⊕ \oplus
        ⊖ ⊖ \ominus
        mod \bmod \mod mod
        """;

    private const string Brackets = """
        ( ( \lparen
        [ [ \lbrack
        { \{ \lbrace
        ⟨ ⟨ ⟪ 〈 ❬ \langle \lang
        ⌊ ⌊ \lfloor
        ⌈ ⌈ \lceil
        ⟦ ⟦ \llbracket
        """;

    private const string ClosingBrackets = """
        ) ) \rparen
        ] ] \rbrack
        } \} \rbrace
        ⟩ ⟩ ⟫ 〉 ❭ \rangle \rang
        ⌋ ⌋ \rfloor
        ⌉ ⌉ \rceil
        ⟧ ⟧ \rrbracket
        """;

    private const string Accents = """
        hat \hat \widehat
        bar \bar \overline \widebar
        tilde \tilde \widetilde
        dot \dot
        ddot \ddot
        vec \vec \overrightarrow \overleftarrow \overleftrightarrow
        check \check \widecheck
        breve \breve
        acute \acute
        grave \grave
        ring \mathring
        underline \underline \underbar
        """;

    private const string CombiningAccents = """
        hat ̂
        bar ̄ ̅
        tilde ̃
        dot ̇
        ddot ̈
        vec ⃗
        check ̌
        breve ̆
        underline ̲
        """;

    private const string Structures = """
        frac \frac \dfrac \tfrac \cfrac \sfrac \nicefrac \flatfrac
        binom \binom \dbinom \tbinom
        note \underbrace \overbrace \underbracket \overbracket
        over \stackrel \overset
        under \underset
        substack \substack
        inner \boxed \mathop \mathrel \mathbin \mathord \mathopen \mathclose \mathinner \ensuremath \smash \mathstrut
        inner \cancel \bcancel \xcancel \mathpunct \mathllap \mathrlap \mathclap \fbox \underparen \hl \rlap \llap
        arrow→ \xrightarrow
        arrow← \xleftarrow
        not \not
        pmod \pmod
        drop1 \hspace \vspace \mspace \tag \label \ref \eqref \phantom \hphantom \vphantom \color \cite \citep \citet
        drop1 \footnote \kern \hskip \mkern \mskip \vskip \footnotemark \class \cssId \style \colorbox \htmlClass
        drop1keep \textcolor
        norm \norm \Norm
        abs \abs \Abs
        floor \floor
        ceil \ceil
        prime-over \over
        choose \choose
        define \DeclareMathOperator \newcommand \def \renewcommand
        """;

    private const string AlphabetSwitches = """
        Bold \mathbf \boldsymbol \bm \pmb \bf \bold \boldmath \vb \vectorsym \mathbfit \symbf \va
        Calligraphic \mathcal \mathscr \cal \matheu \symcal
        Blackboard \mathbb \Bbb \mathds \mathbbm \symbb
        Fraktur \mathfrak \frak
        """;

    private const string TextMacros = """
        text \text \textrm \textnormal \mbox \hbox \textup \textmd \textsf \textit \textsl \textsc \emph \texttt \textbf
        text \intertext \shortintertext
        name \mathrm \operatorname \rm \mathsf \mathtt \mathit \mathnormal \it \sf \tt \operatornamewithlimits \symrm
        """;

    private const string TailWords = """
        where where with_where
        for for \text_for
        for_all ∀ \forall for_all forall for_each for_every
        exists ∃ \exists
        if if
        if when whenever
        otherwise otherwise else
        subject_to subject_to s.t. such_that st.
        with with
        """;

    private const string Skipped = """
        skip \, \; \: \! \> \enspace \thinspace \medspace \thickspace \negthinspace \enskip \limits \nolimits
        skip \displaystyle \textstyle \scriptstyle \scriptscriptstyle \nonumber \notag \noindent \hfill \hline
        skip \allowbreak \nobreak \strut \protect \relax \centering \small \normalsize \large \Large \displaylimits
        skip \- \/ \@ \par \newline \break \linebreak \nolinebreak \hfil \vfill \negmedspace \negthickspace \null
        skip \toprule \midrule \bottomrule \arraystretch \qedhere \qed \nobreakspace \space
        """;

    private const string Sizes = """
        left \left \bigl \Bigl \biggl \Biggl
        right \right \bigr \Bigr \biggr \Biggr
        middle \middle \bigm \Bigm \biggm \Biggm
        any \big \Big \bigg \Bigg
        """;

    public static readonly (TokenKind Kind, string Rows)[] All =
    [
        (TokenKind.Letter, Greek),
        (TokenKind.Letter, Letters),
        (TokenKind.Big, BigOperators),
        (TokenKind.Expectation, Expectations),
        (TokenKind.Relation, Relations),
        (TokenKind.Plus, "+ + ＋"),
        (TokenKind.Minus, "- - − – — ﹣ －"),
        (TokenKind.PlusMinus, "± ± \\pm\n∓ ∓ \\mp"),
        (TokenKind.Times, ProductSigns),
        (TokenKind.Slash, "/ / ÷ ∕ ⁄ ⊘ \\div \\slash \\oslash"),
        (TokenKind.Infix, InfixSigns),
        (TokenKind.Connective, "∧ ∧ \\land \\wedge && and\n∨ ∨ \\lor \\vee or"),
        (TokenKind.Not, "¬ ¬ \\neg \\lnot not"),
        (TokenKind.Open, Brackets),
        (TokenKind.Close, ClosingBrackets),
        (TokenKind.Bar, "| | \\vert \\lvert \\rvert \\lvertneqq"),
        (TokenKind.DoubleBar, "‖ ‖ ∥ || \\| \\Vert \\lVert \\rVert \\parallel \\Vert \\doublebar"),
        (TokenKind.Mid, "| \\mid ∣ ❘ \\given"),
        (TokenKind.Sub, "_ \\sb"),
        (TokenKind.Sup, "^ ^ \\sp"),
        (TokenKind.Prime, "' ' ′ ’ \\prime\n'' ″ \"\n''' ‴"),
        (TokenKind.Accent, Accents),
        (TokenKind.CombiningAccent, CombiningAccents),
        (TokenKind.Structure, Structures),
        (TokenKind.Radical, "2 √ \\sqrt \\surd sqrt\n3 ∛ cbrt\n4 ∜"),
        (TokenKind.Dots,
            "… … ⋯ ⋮ ⋱ ... \\ldots \\dots \\cdots \\vdots \\ddots \\dotsc \\dotsb \\dotsm \\dotsi \\dotso"),
        (TokenKind.Nabla, "nabla ∇ \\nabla \\grad nabla grad"),
        (TokenKind.Comma, ", , ， 、"),
        (TokenKind.Semicolon, "; ; ；"),
        (TokenKind.Colon, ": : \\colon ："),
        (TokenKind.Question, "? ? ？"),
        (TokenKind.To, "to to .. through"),
        (TokenKind.Factorial, "! ! ！"),
        (TokenKind.Gap, "gap \\quad \\qquad"),
        (TokenKind.RowBreak, "row \\\\ \\newline \\cr"),
        (TokenKind.Tail, TailWords),
        (TokenKind.Skip, Skipped),
        (TokenKind.Size, Sizes),
        (TokenKind.AlphabetSwitch, AlphabetSwitches),
        (TokenKind.TextLike, TextMacros),
    ];
}
