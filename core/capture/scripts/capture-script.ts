import { captureSets } from '../capture-sets.ts';
import type { CapturePlan, CaptureTool } from '../capture-plan.ts';
import { powerShellComment, powerShellLiteral } from '../quoting/powershell.ts';
import { gatheringFunctions } from './gathering.ts';
import { lines } from './script-lines.ts';
import { toolFunctions } from './tool-functions.ts';

export interface CaptureScript {
  readonly fileName: string;
  /** PowerShell, lines ended by \n. */
  readonly text: string;
  /** What to do with it, step by step. */
  readonly how: readonly string[];
}

const toolTitles: Readonly<Record<CaptureTool, string>> = {
  netsh: 'netsh trace',
  powershell: 'NetEventPacketCapture',
  pktmon: 'pktmon',
};

/** A whole script for Windows PowerShell and PowerShell: starts the capture, stops it, gathers what is needed to read it. */
export function captureScript(plan: CapturePlan): CaptureScript {
  const fileName = `capture-${plan.tool}.ps1`;
  const all = [
    ...heading(plan),
    '',
    ...settings(plan),
    '',
    ...checks(),
    '',
    ...toolFunctions(plan),
    '',
    ...(plan.bundle === 'none' ? [] : [...gatheringFunctions(plan), '']),
    ...actions(plan),
  ];
  return { fileName, text: `${all.join('\n')}\n`, how: howTo(fileName, plan) };
}

function howTo(fileName: string, { bundle }: CapturePlan): string[] {
  const what = { zip: 'the .zip', folder: 'the folder', none: 'the .etl file' }[bundle];
  return [
    `Copy ${fileName} to the machine, and open PowerShell there as administrator.`,
    `Run: powershell -ExecutionPolicy Bypass -File .\\${fileName}`,
    `Make the problem happen, press Enter, and drop ${what} that the script names into Hopscope.`,
  ];
}

function heading(plan: CapturePlan): string[] {
  const sets = plan.sets.map((set) => captureSets[set].title).join(', ');
  return lines`
    ${powerShellComment(`Captures network traffic with ${toolTitles[plan.tool]}${sets === '' ? '' : `: ${sets}`}.`)}
    # Written by Hopscope. It installs nothing, and changes nothing that it does not put back.
    #
    #   .\capture-${plan.tool}.ps1                  starts, waits for Enter, stops and gathers
    #   .\capture-${plan.tool}.ps1 -Action Start    starts, and returns
    #   .\capture-${plan.tool}.ps1 -Action Stop     stops and gathers: as the user who started
    #
    # Run it as administrator. Where scripts are not allowed: powershell -ExecutionPolicy Bypass -File FILE
    [CmdletBinding()]
    param(
        [ValidateSet('Run', 'Start', 'Stop')]
        [string] $Action = 'Run',
        # For a program that runs this script: told of each phase, and looked for in place of Enter.
        [string] $StatusFile = '',
        [string] $StopFile = ''
    )
    Set-StrictMode -Version 2.0
    $ErrorActionPreference = 'Stop'
  `;
}

function settings({ file, megabytes }: CapturePlan): string[] {
  return lines`
    $traceFile = [Environment]::ExpandEnvironmentVariables(${powerShellLiteral(file.trim())})
    $traceFolder = [IO.Path]::GetDirectoryName($traceFile)
    $bundleFolder = [IO.Path]::Combine($traceFolder, [IO.Path]::GetFileNameWithoutExtension($traceFile) + '-bundle')
    $stateFile = "$traceFile.started.txt"
    $megabytes = ${String(megabytes)}
    $bytesOfMegabyte = 1048576
    $user = [Security.Principal.WindowsIdentity]::GetCurrent()
    $started = ''
    $result = $traceFile
    $parts = $null
  `;
}

function checks(): string[] {
  return lines`
    function Write-Phase {
        param([string] $Phase, [string] $Words)
        Write-Host $Words
        if ($StatusFile -ne '') { [IO.File]::AppendAllText($StatusFile, "$Phase|$Words${'`r`n'}") }
    }

    function Assert-Administrator {
        $principal = New-Object Security.Principal.WindowsPrincipal $user
        if (-not $principal.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)) {
            throw 'Only an administrator can capture. Open PowerShell with "Run as administrator", and run this again.'
        }
    }

    # A network drive is too slow, and what is written to it would be captured too.
    function Assert-LocalDisk {
        $root = [IO.Path]::GetPathRoot($traceFile)
        if ($root.StartsWith('\\') -and -not $root.StartsWith('\\?\') -and -not $root.StartsWith('\\.\')) {
            throw "$traceFile lies on another machine. Choose a folder on a local disk."
        }
        if ($root.StartsWith('\\')) { return }
        $drive = New-Object IO.DriveInfo $root
        if ($drive.DriveType -eq [IO.DriveType]::Network) { throw "$root is a network drive. Choose a local disk." }
        if ($drive.AvailableFreeSpace -lt $megabytes * $bytesOfMegabyte) {
            throw "$root has $([Math]::Floor($drive.AvailableFreeSpace / $bytesOfMegabyte)) MB free, and the trace may take $megabytes MB."
        }
    }

    # A trace of an earlier run is kept under another name.
    function Move-EarlierTrace {
        if (-not (Test-Path -LiteralPath $traceFile)) { return }
        $time = [IO.File]::GetLastWriteTime($traceFile).ToString('yyyyMMdd-HHmmss')
        $kept = [IO.Path]::ChangeExtension($traceFile, ".$time.etl")
        Move-Item -LiteralPath $traceFile -Destination $kept -Force
        Write-Host "The trace of an earlier run is now $kept"
    }
  `;
}

function actions({ bundle }: CapturePlan): string[] {
  return lines`
    function Start-Capture {
        $running = @(Get-RunningCapture)
        if ($running -contains $traceFile) {
            Write-Phase 'capturing' "This capture runs already and writes $traceFile"
            return
        }
        if ($running.Count -gt 0) {
            throw "Windows captures packets once at a time, and a capture runs already: $($running[0])"
        }
        [void] [IO.Directory]::CreateDirectory($traceFolder)
        Assert-LocalDisk
        Move-EarlierTrace
        Start-Tool
        $script:started = [DateTimeOffset]::Now.ToString('o')
        [IO.File]::WriteAllText($stateFile, "$($user.Name)${'`r`n'}$script:started${'`r`n'}")
        Write-Phase 'capturing' "Capturing to $traceFile"
    }

    function Stop-Capture {
        if (Test-Path -LiteralPath $stateFile) {
            $state = [IO.File]::ReadAllLines($stateFile)
            $script:started = $state[1]
            if ($state[0] -ne $user.Name) {
                Write-Warning "$($state[0]) started this capture. Windows may refuse to let $($user.Name) stop it."
            }
        }
        if (@(Get-RunningCapture) -contains $traceFile) {
            Write-Phase 'stopping' 'Stopping.'
            Stop-Tool
        } else {
            Write-Host 'No capture of this script runs.'
        }
        if (-not (Test-Path -LiteralPath $traceFile)) {
            $gathered = @("$bundleFolder.zip", $bundleFolder) | Where-Object { Test-Path -LiteralPath $_ } | Select-Object -First 1
            if (-not $gathered) { throw "There is no trace at $traceFile" }
            Write-Phase 'done' $gathered
            return
        }
        ${bundle === 'none' ? [] : 'Save-Bundle'}
        if (Test-Path -LiteralPath $stateFile) { Remove-Item -LiteralPath $stateFile -Force }
        Write-Phase 'done' $result
    }

    function Wait-ForStop {
        if ($StopFile -eq '') {
            [void] (Read-Host 'Make the problem happen, then press Enter to stop')
            return
        }
        while (-not (Test-Path -LiteralPath $StopFile)) { Start-Sleep -Milliseconds 500 }
    }

    try {
        Assert-Administrator
        Assert-Tool
        if ($Action -ne 'Stop') { Start-Capture }
        if ($Action -eq 'Run') { Wait-ForStop }
        if ($Action -ne 'Start') { Stop-Capture }
    } catch {
        Write-Phase 'failed' "It did not work: $($_.Exception.Message)"
        exit 1
    }
  `;
}
