using Azure.Core;
using Azure.Core.Pipeline;

namespace MfaPlan.State.Tests.Stores;

/// <summary>A network that loses requests and answers, and on which one end may die.</summary>
internal sealed class Network : HttpPipelinePolicy
{
    private int _requests;

    /// <summary>Says what becomes of the nth request, from 0.</summary>
    public Func<int, Request, Fault> Fault { get; set; } = static (_, _) => Stores.Fault.None;

    /// <summary>Requests so far.</summary>
    public int Requests => _requests;

    /// <summary>Whether something went wrong yet.</summary>
    public bool Failed { get; private set; }

    public override void Process(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var fault = Fault(Interlocked.Increment(ref _requests) - 1, message.Request);
        if (fault != Stores.Fault.RequestLost)
        {
            ProcessNext(message, pipeline);
        }

        Lose(fault);
    }

    public override async ValueTask ProcessAsync(HttpMessage message, ReadOnlyMemory<HttpPipelinePolicy> pipeline)
    {
        var fault = Fault(Interlocked.Increment(ref _requests) - 1, message.Request);
        if (fault != Stores.Fault.RequestLost)
        {
            await ProcessNextAsync(message, pipeline);
        }

        Lose(fault);
    }

    private void Lose(Fault fault)
    {
        Failed |= fault != Stores.Fault.None;
        switch (fault)
        {
            case Stores.Fault.RequestLost or Stores.Fault.AnswerLost:
                throw new IOException("The connection was cut.");
            case Stores.Fault.TooLate:
                throw new TaskCanceledException("The answer did not come in time.");
        }
    }
}

/// <summary>What becomes of a request.</summary>
internal enum Fault
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>It never arrives.</summary>
    RequestLost,

    /// <summary>It is carried out, and the answer is lost.</summary>
    AnswerLost,

    /// <summary>It is carried out, and the answer comes too late.</summary>
    TooLate,
}
