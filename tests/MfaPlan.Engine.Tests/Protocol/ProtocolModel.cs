using CsCheck;

namespace MfaPlan.Engine.Tests.Protocol;

/// <summary>
/// The protocol of an apply for one unit of two changes, A before B, against a tenant that lags, loses answers and is changed by others, and a
/// runner that may be killed at any step. Small numbers stand for times: a request is over within <see cref="Timeout"/> ticks of its begin line, a
/// write shows before <see cref="Window"/> ticks are over.
/// </summary>
internal static class ProtocolModel
{
    private const int Timeout = 1;
    private const int Window = 2;
    private const int Safe = Timeout + Window;

    /// <summary>What is taken out of the protocol, to see that the invariants miss it.</summary>
    [Flags]
    internal enum Without
    {
        Nothing = 0,

        /// <summary>Sends without looking first.</summary>
        LookBeforeSend = 1,

        /// <summary>Believes "as before" at once.</summary>
        SettleWindow = 2,

        /// <summary>Sends before the begin line is durable.</summary>
        BeginBeforeSend = 4,

        /// <summary>Calls a change applied on the answer alone, before it was seen.</summary>
        VerifyBeforeSettle = 8,

        /// <summary>Sends the second change whatever became of the first.</summary>
        ChangesInOrder = 16,

        /// <summary>Replaces a value by deleting and creating it.</summary>
        PatchInPlace = 32,

        /// <summary>Lets one begin line serve for a send long after it.</summary>
        FreshBegin = 64,

        /// <summary>Nobody else changes anything; no part of the protocol, but it lets a later violation be the first.</summary>
        Foreigners = 128,
    }

    internal enum Value
    {
        Before,
        After,
        Foreign,
        None,
    }

    internal enum Step
    {
        Down,
        Look,
        Begin,
        SendA,
        AwaitA,
        WaitA,
        SendB,
        AwaitB,
        WaitB,
        Verify,
        Done,
    }

    internal enum Outcome
    {
        Open,
        InPlace,
        NotInPlace,
    }

    /// <summary>Everything there is: the tenant's truth and what it shows, the journal, the runner, and ghosts that only the invariants read.</summary>
    internal sealed record World
    {
        public Value TruthA { get; init; }

        public Value TruthB { get; init; }

        public Value ShownA { get; init; }

        public Value ShownB { get; init; }

        public int LagA { get; init; }

        public int LagB { get; init; }

        public char InFlight { get; init; } = '-';

        public bool Begun { get; init; }

        public int Age { get; init; }

        public Outcome A { get; init; }

        public Outcome B { get; init; }

        public bool Settled { get; init; }

        public Step At { get; init; } = Step.Look;

        public bool Resumed { get; init; }

        public Value SeenA { get; init; }

        public Value SeenB { get; init; }

        public int EffectsA { get; init; }

        public int EffectsB { get; init; }

        public bool ForeignActed { get; init; }

        public bool ForeignAtLook { get; init; }

        public bool SentThisSitting { get; init; }

        public bool WasAfterA { get; init; }

        public bool WasAfterB { get; init; }

        public int Crashes { get; init; }

        public bool Again { get; init; }

        public bool SentAgain { get; init; }

        public bool UnbegunSend { get; init; }
    }

    public static Spec<World> Of(Without without)
    {
        bool Has(Without part) => !without.HasFlag(part);
        return Spec.From(new World())
            .Action("look", w => w.At == Step.Look && Has(Without.LookBeforeSend) && !MustWait(w, Has), w => Judge(w) with { ForeignAtLook = w.ShownA == Value.Foreign })
            .Action("do not look", w => w.At == Step.Look && !Has(Without.LookBeforeSend), w => w with { At = Step.Begin, SeenA = Value.Before, SeenB = Value.Before, ForeignAtLook = w.ShownA == Value.Foreign })
            .Action("begin", w => w.At == Step.Begin, w => w with
            {
                Begun = w.Begun || Has(Without.BeginBeforeSend),
                Age = 0,
                Resumed = false,
                At = w.SeenA == Value.Before ? Step.SendA : Step.SendB,
            })
            .Action("begin anew", w => w.At is Step.SendA or Step.SendB && w.Age >= Timeout && Has(Without.FreshBegin), w => w with { Age = 0 })
            .Action("send A", w => w.At == Step.SendA && w.InFlight == '-' && IsFresh(w, Has), w => Sent(w, 'A') with { At = Step.AwaitA })
            .Action("send B", w => w.At == Step.SendB && w.InFlight == '-' && w.SeenB == Value.Before && IsFresh(w, Has), w => Sent(w, 'B') with { At = Step.AwaitB })
            .Action("B is there", w => w.At == Step.SendB && w.SeenB != Value.Before, w => w with { At = Step.Verify })
            .Action("A half replaced", w => w.InFlight == 'A' && !Has(Without.PatchInPlace) && w.TruthA is not Value.None and not Value.After,
                w => w with { TruthA = Value.None })
            .Action("A takes effect, answered", w => w.InFlight == 'A' && w.At == Step.AwaitA, w => EffectA(w) with { InFlight = '-', At = Step.SendB })
            .Action("A takes effect, answer lost", w => w.InFlight == 'A', w => EffectA(w) with { InFlight = '-', At = w.At == Step.AwaitA ? Step.WaitA : w.At })
            .Action("A has no effect, answer lost", w => w.InFlight == 'A', w => w with
            {
                InFlight = '-',
                At = w.At == Step.AwaitA ? Has(Without.ChangesInOrder) ? Step.WaitA : Step.SendB : w.At,
            })
            .Action("A refused", w => w.InFlight == 'A' && w.At == Step.AwaitA, w => w with { InFlight = '-', A = Outcome.NotInPlace, B = Outcome.NotInPlace, Settled = true, At = Step.Done })
            .Action("B takes effect, answered", w => w.InFlight == 'B' && w.At == Step.AwaitB, w => EffectB(w) with { InFlight = '-', At = Step.Verify })
            .Action("B takes effect, answer lost", w => w.InFlight == 'B', w => EffectB(w) with { InFlight = '-', At = w.At == Step.AwaitB ? Step.WaitB : w.At })
            .Action("B has no effect, answer lost", w => w.InFlight == 'B', w => w with { InFlight = '-', At = w.At == Step.AwaitB ? Step.WaitB : w.At })
            .Action("look for A", w => w.At == Step.WaitA && w.ShownA == Value.After, w => w with { At = Step.SendB })
            .Action("A not seen in time", w => w.At == Step.WaitA && w.ShownA != Value.After && (w.Age >= Safe || !Has(Without.SettleWindow)),
                w => w.ShownA == Value.Before
                    ? w with { At = Step.Begin, SeenA = Value.Before, SeenB = w.ShownB }
                    : w with { A = Outcome.NotInPlace, B = Outcome.NotInPlace, Settled = true, At = Step.Done })
            .Action("look for B", w => w.At == Step.WaitB && w.ShownB == Value.After, w => w with { At = Step.Verify })
            .Action("B not seen in time", w => w.At == Step.WaitB && w.ShownB != Value.After && (w.Age >= Safe || !Has(Without.SettleWindow)),
                w => w.ShownB == Value.Before
                    ? w with { At = Step.Begin, SeenA = Value.After, SeenB = Value.Before }
                    : w with { A = Outcome.InPlace, B = Outcome.NotInPlace, Settled = true, At = Step.Done })
            .Action("verify", w => w.At == Step.Verify && ((w.ShownA == Value.After && w.ShownB == Value.After) || w.Age >= Safe || !Has(Without.VerifyBeforeSettle)),
                w => w with
                {
                    A = w.ShownA == Value.After || !Has(Without.VerifyBeforeSettle) ? Outcome.InPlace : Outcome.NotInPlace,
                    B = w.ShownB == Value.After || !Has(Without.VerifyBeforeSettle) ? Outcome.InPlace : Outcome.NotInPlace,
                    Settled = true,
                    At = Step.Done,
                })
            .Action("A shows", w => w.ShownA != w.TruthA, w => w with { ShownA = w.TruthA, LagA = 0, WasAfterA = w.WasAfterA || w.TruthA == Value.After })
            .Action("B shows", w => w.ShownB != w.TruthB, w => w with { ShownB = w.TruthB, LagB = 0, WasAfterB = w.WasAfterB || w.TruthB == Value.After })
            .Action("time passes", w => MayTick(w), w => w with
            {
                Age = Math.Min(w.Age + 1, Safe),
                LagA = w.ShownA != w.TruthA ? w.LagA + 1 : 0,
                LagB = w.ShownB != w.TruthB ? w.LagB + 1 : 0,
            })
            .Action("somebody changes A", w => !w.ForeignActed && w.InFlight == '-' && Has(Without.Foreigners), w => w with { ForeignActed = true, TruthA = Value.Foreign, ShownA = Value.Foreign, LagA = 0 })
            .Action("kill", w => w.At is not Step.Down and not Step.Done && w.Crashes < 2, w => w with { At = Step.Down, Crashes = w.Crashes + 1 })
            .Action("run again", w => w.At == Step.Down, w => Start(w) with { Resumed = w.Begun })
            .Action("apply a second time", w => w is { At: Step.Done, A: Outcome.InPlace, B: Outcome.InPlace, ForeignActed: false, Again: false },
                w => Start(w) with { Again = true, Begun = false, Settled = false })
            .Terminal(w => w.At == Step.Done)
            .Invariant("INTENT", "What was sent was begun.", w => !w.UnbegunSend)
            .Invariant("ONCE", "A change takes effect at most once.", w => w.EffectsA < 2 && w.EffectsB < 2)
            .Invariant("TRUE", "What is called in place was seen in place.", w =>
                !w.Settled || ((w.A != Outcome.InPlace || w.WasAfterA) && (w.B != Outcome.InPlace || w.WasAfterB)))
            .Invariant("FOREIGN", "What somebody else had changed is not written over.", w => !w.ForeignAtLook || !w.SentThisSitting)
            .Invariant("ORDER", "The second change follows the first.", w => w.EffectsB == 0 || w.EffectsA > 0)
            .Invariant("QUIET", "A second apply sends nothing.", w => !w.SentAgain)
            .Invariant("HELD", "The user is never without the method.", w => w.TruthA != Value.None)
            .Reachable("ENDS", "Both changes can be applied.", w => w is { Settled: true, A: Outcome.InPlace, B: Outcome.InPlace })
            .Reachable("RESUMES", "They can be applied after two kills.", w => w is { Settled: true, A: Outcome.InPlace, B: Outcome.InPlace, Crashes: 2 });
    }

    private static bool IsFresh(World w, Func<Without, bool> has) => w.Age < Timeout || !has(Without.FreshBegin);

    private static World Start(World w) => w with
    {
        At = Step.Look,
        SentThisSitting = false,
        ForeignAtLook = false,
    };

    private static bool MustWait(World w, Func<Without, bool> has) =>
        w.Resumed && w.Age < Safe && has(Without.SettleWindow)
        && (w.ShownA == Value.Before || w.ShownB == Value.Before);

    private static World Judge(World w) => (w.ShownA, w.ShownB) switch
    {
        (Value.After, Value.After) => w with { A = Outcome.InPlace, B = Outcome.InPlace, Settled = true, At = Step.Done },
        (Value.Before or Value.After, Value.Before or Value.After) => w with { At = Step.Begin, SeenA = w.ShownA, SeenB = w.ShownB },
        _ => w with { A = Outcome.NotInPlace, B = Outcome.NotInPlace, Settled = true, At = Step.Done },
    };

    private static World Sent(World w, char change) => w with
    {
        InFlight = change,
        SentThisSitting = true,
        SentAgain = w.SentAgain || w.Again,
        UnbegunSend = w.UnbegunSend || !w.Begun,
    };

    private static World EffectA(World w) => w with { TruthA = Value.After, EffectsA = w.EffectsA + 1, LagA = 0 };

    private static World EffectB(World w) => w with { TruthB = Value.After, EffectsB = w.EffectsB + 1, LagB = 0 };

    /// <summary>A request does not outlive its timeout, and a write shows within the window: what the protocol reckons with.</summary>
    private static bool MayTick(World w) =>
        (w.InFlight == '-' || w.Age < Timeout || w.Age >= Safe)
        && (w.ShownA == w.TruthA || w.LagA < Window - 1)
        && (w.ShownB == w.TruthB || w.LagB < Window - 1)
        && w.At is not Step.Done
        && (w.Age < Safe || w.LagA > 0 || w.LagB > 0 || w.InFlight != '-');
}
